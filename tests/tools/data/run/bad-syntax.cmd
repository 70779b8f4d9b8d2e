run --scenario bad/syntax.yaml
