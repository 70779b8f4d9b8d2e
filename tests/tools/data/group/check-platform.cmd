group check --platform lambda group.json
