group match group.json --inventory doubled.json
