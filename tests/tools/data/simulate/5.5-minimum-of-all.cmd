simulate --instances 9 --min-healthy 9
