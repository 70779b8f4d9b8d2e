simulate --instances 3 --min-healthy 0 --zonal
