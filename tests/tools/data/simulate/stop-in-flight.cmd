simulate --instances 9 --config HalfAtATime --stop-at 90s
