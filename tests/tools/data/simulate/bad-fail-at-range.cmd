simulate --instances 3 --fail-at 3-1
