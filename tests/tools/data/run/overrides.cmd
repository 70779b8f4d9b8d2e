run --scenario overrides.yaml
