run --scenario ../../../../examples/scenarios/lambda-silent-hook.yaml --format json
