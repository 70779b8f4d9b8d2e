simulate --instances 6 --min-healthy 0 --limit 2
