group check group.json broken-group.json api.json group.json
