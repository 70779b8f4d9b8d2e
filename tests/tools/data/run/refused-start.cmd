run --scenario bad/refused-start.yaml
