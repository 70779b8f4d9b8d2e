simulate --instances 3 --min-healthy most
