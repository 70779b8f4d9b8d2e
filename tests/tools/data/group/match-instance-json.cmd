group match group.json --inventory inventory.json --instance i-2 --format json
