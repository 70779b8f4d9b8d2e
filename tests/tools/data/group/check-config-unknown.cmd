group check --config careful.json --config careful.json nothing.json own-config.json
