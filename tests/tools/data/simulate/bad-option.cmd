simulate --instances 3 --fast
