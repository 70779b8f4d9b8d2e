run --scenario bad/no-platform.yaml
