simulate --instances 3 --min-healthy 99999999999999999999
