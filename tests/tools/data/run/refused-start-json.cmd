run --scenario bad/refused-start.yaml --format json
