run --scenario bad/inputs.yaml
