simulate --instances 3 --stop-at 1 --alarm-at 2
