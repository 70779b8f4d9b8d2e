run --scenario bad/key.yaml
