group match group.json --inventory inventory.json --all --format json
