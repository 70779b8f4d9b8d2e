run --scenario bad/platform.yaml
