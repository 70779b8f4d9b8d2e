simulate --inventory nowhere.json
