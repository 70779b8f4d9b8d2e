simulate --instances 3 --seed 18446744073709551616
