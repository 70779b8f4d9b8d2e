simulate --instances 6 --min-healthy 0 --canary 2 --canary-wait 10m
