simulate --instances 3 --config HalfAtTime
