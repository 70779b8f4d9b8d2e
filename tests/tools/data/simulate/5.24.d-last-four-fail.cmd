simulate --instances 9 --config CodeDeployDefault.HalfAtATime --fail-at 6-9
