simulate --instances 0 --compare AllAtOnce,HalfAtATime
