run --scenario bad/creator.yaml
