group match --all --inventory inventory.json group.json
