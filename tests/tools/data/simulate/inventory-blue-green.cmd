simulate --inventory inventory.json --group blue.json
