simulate --instances 10 --unhealthy 30% --min-healthy 7 --fail-at 2
