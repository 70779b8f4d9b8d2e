simulate --instances 200 --compare HalfAtATime,90%,careful.json --fail-at 1,5 --duration 1m+-30s
