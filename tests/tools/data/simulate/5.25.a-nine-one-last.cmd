simulate --instances 9 --config CodeDeployDefault.OneAtATime --fail-at 9
