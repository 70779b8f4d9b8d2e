simulate --instances 3 --canary-wait 1m
