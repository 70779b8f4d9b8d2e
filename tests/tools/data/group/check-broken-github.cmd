group check --format github broken-group.json
