simulate --inventory inventory.json --min-healthy 1 --zonal
