simulate --instances 9 --no-forgiveness --fail-at 9
