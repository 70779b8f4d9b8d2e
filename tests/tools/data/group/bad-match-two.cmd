group match group.json api.json --inventory inventory.json
