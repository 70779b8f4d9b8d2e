simulate --instances 3 --fail 101%
