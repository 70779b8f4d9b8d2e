simulate --instances 3 --group group.json
