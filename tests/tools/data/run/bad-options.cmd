run --scenario bad/options.yaml
