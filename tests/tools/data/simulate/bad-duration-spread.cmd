simulate --instances 3 --duration 10s+-11s
