simulate --instances 3 --format csv
