group match group.json --inventory inventory.json --format ids
