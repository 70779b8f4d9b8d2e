simulate --instances 9 --config CodeDeployDefault.HalfAtATime
