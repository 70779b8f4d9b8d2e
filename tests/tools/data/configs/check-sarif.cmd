configs --check --format sarif ../../../config/data/create/2.6-interval-0.json
