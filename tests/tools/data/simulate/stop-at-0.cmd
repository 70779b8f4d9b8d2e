simulate --instances 3 --stop-at 0
