simulate --instances 10 --min-healthy 95% --format json
