simulate --instances 3 --min-healthy -1
