simulate --instances 9 --min-healthy 6 --alarm-at 1m --format json
