run --scenario nowhere.yaml
