run --scenario bad/appspec.yaml
