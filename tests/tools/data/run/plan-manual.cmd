rollback-plan --scenario ../../../../examples/scenarios/ecs-termination-continued.yaml --at 20m --cause manual
