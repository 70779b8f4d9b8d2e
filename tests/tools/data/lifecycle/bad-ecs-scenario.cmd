lifecycle --platform ecs --scenario test-listner
