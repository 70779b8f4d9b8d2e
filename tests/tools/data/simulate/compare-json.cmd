simulate --instances 9 --compare AllAtOnce,HalfAtATime --format json --fail-at 3
