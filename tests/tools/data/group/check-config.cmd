group check --config careful.json own-config.json group.json
