group match group.json --inventory nowhere.json
