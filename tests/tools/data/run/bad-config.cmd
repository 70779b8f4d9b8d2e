run --scenario bad/config.yaml
