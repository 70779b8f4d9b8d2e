group match group.json --inventory cut-off.json --format text
