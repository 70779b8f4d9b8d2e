simulate --instances 3 --config broken.json
