lifecycle --platform ecs --scenario blue-green
