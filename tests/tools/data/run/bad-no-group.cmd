run --scenario bad/no-group.yaml
