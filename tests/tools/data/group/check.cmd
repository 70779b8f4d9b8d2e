group check group.json
