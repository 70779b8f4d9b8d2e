run --scenario bad/circle.yaml
