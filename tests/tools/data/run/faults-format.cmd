run --scenario overrides.yaml --faults --format json
