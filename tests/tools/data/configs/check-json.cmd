configs --check --format json ../../../config/data/create/2.4-percent-100.json ../../../config/data/create/2.5-linear.json
