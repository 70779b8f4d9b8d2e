simulate --instances 3 --inventory inventory.json
