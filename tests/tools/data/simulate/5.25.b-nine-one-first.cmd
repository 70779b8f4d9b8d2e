simulate --instances 9 --config OneAtATime --fail-at 1
