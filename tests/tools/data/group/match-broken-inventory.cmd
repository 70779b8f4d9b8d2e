group match group.json --inventory broken.json
