simulate --instances 3 --config nowhere.json
