group check nowhere.json group.json
