simulate --instances 9 --fail 10
