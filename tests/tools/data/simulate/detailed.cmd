simulate --instances 41 --min-healthy 50% --fail-at 2 --detailed --duration 10s+-5s
