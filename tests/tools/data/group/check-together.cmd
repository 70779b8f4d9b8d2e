group check group.json api.json
