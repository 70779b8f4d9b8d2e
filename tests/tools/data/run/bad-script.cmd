run --scenario bad/script.yaml
