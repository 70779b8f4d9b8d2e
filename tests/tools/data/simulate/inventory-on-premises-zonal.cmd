simulate --inventory on-premises.json --min-healthy 0 --zonal
