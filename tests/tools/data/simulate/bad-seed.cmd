simulate --instances 3 --seed -1
