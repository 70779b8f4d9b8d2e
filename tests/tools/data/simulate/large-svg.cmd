simulate --instances 20000 --config HalfAtATime --duration 30s+/-30s --fail 300 --format svg
