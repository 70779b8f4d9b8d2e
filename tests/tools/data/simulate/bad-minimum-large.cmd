simulate --instances 3 --min-healthy 9999999999
