simulate --inventory inventory.json --group group.json --config OneAtATime --format json
