simulate --instances 3 --config ./create.json
