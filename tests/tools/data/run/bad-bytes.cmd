run --scenario bad/bytes.yaml
