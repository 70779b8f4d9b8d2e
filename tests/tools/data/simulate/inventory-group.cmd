simulate --inventory inventory.json --group group.json
