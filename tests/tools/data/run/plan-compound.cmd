rollback-plan --scenario ../../../../examples/scenarios/lambda-canary-alarm.yaml --at '5 min 10 s'
