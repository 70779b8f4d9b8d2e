group match nothing.json --inventory inventory.json
