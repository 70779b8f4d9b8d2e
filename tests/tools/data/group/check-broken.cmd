group check broken-group.json
