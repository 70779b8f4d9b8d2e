simulate --instances 10000001
