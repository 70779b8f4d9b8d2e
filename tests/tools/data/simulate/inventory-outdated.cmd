simulate --inventory inventory.json --outdated-only
