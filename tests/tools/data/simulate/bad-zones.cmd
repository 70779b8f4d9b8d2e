simulate --instances 3 --zones 0
