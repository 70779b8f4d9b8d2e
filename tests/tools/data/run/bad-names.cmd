run --scenario bad/names.yaml
