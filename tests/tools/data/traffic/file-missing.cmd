traffic --config-file nowhere.json
