simulate --inventory inventory.json --zones 2
