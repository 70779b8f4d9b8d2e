simulate --instances 9 --config HalfAtATime --no-forgiveness --fail-at 6-9
