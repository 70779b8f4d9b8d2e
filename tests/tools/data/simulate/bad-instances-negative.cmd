simulate --instances -1
