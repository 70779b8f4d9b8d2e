lifecycle --platform ecs --scenario test-listener --format json
