simulate --instances 0 --format json
