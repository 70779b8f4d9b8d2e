lifecycle --platform ecs --scenario test-listener --format mermaid
