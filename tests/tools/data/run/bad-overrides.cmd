run --scenario bad/overrides.yaml
