simulate --inventory inventory.json --group broken-group.json
