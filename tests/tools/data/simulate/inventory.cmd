simulate --inventory inventory.json --config AllAtOnce
