simulate --instances 3 --duration fast
