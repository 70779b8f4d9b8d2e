simulate --instances 3 more
