run --scenario ../../../../examples/scenarios/lambda-canary-alarm.yaml --actions
