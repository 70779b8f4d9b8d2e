lifecycle --platform ecs --scenario test-listener
