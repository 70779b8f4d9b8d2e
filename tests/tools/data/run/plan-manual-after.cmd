rollback-plan --scenario ../../../../examples/scenarios/lambda-canary-alarm.yaml --at 10m --cause manual
