simulate --instances 20000 --zones 3 --config HalfAtATime --duration 30s±10s --fail 3% --seed 7
