rollback-plan --scenario ../../../../examples/scenarios/lambda-canary-alarm.yaml --at 0:05:10.000
