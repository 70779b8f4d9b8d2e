simulate --instances 10 --fail 50% --min-healthy 0 --seed 18446744073709551615
