group check --format sarif broken-group.json
