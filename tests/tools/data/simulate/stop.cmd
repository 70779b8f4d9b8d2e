simulate --instances 9 --min-healthy 6 --stop-at 90s
