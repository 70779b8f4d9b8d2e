configs --check nowhere.json
