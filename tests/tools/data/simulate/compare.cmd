simulate --instances 9 --compare AllAtOnce,HalfAtATime,OneAtATime,85%
