run --scenario bad/empty.yaml
