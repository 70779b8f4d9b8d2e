simulate --instances 3 --duration 367d
