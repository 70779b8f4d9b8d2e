simulate --instances 0 --format svg
