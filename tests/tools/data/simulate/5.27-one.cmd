simulate --instances 1 --config HalfAtATime --duration 90
