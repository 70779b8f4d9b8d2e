simulate --instances 3 --fail-at 1,,2
