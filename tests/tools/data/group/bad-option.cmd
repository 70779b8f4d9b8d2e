group check --all group.json
