simulate --instances 4 --blue-green --min-healthy 50% --fail-at 2
