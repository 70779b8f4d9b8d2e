simulate --inventory inventory.json --group own-config.json
