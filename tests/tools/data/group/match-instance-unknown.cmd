group match group.json --inventory inventory.json --instance i-77
