run --scenario bad/warnings.yaml
