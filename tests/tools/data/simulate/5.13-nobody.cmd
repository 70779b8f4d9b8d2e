simulate --instances 0
