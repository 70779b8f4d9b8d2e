group match broken-group.json --inventory inventory.json
