run --scenario bad/names-lambda.yaml
