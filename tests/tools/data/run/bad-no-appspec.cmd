run --scenario bad/no-appspec.yaml
