simulate --instances 9 --canary 10
