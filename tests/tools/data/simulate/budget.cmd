simulate --instances 20 --min-healthy 5 --failure-budget 10% --fail-at 1-3
