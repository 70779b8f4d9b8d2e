group match group.json
