simulate --instances 9 --unhealthy 10
