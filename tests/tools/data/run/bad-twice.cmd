run --scenario bad/twice.yaml
