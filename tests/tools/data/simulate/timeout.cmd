simulate --instances 9 --timeout 5m
