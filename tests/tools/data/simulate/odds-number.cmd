simulate --instances 10 --fail 3 --min-healthy 0 --seed 0
