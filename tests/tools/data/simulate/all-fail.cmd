simulate --instances 100 --fail 100% --config HalfAtATime
