simulate --instances 9 --config CodeDeployDefault.HalfAtATime --fail-at 1,2,3,4
