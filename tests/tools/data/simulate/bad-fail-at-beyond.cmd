simulate --instances 3 --fail-at 4
