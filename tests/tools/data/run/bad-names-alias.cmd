run --scenario bad/names-alias.yaml
