lifecycle --platform ecs
