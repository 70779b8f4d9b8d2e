run --scenario bad/contradictions.yaml
