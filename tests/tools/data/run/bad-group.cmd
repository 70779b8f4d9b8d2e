run --scenario bad/group.yaml
