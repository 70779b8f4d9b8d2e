group check broken-group.json --format json
