rollback-plan --scenario ../../../../examples/scenarios/server-health-constraints.yaml --at 65s
