simulate --instances
