simulate --instances 8 --zones 2 --min-healthy 2 --zonal --zone-min-healthy 50% --fail-at 1,2
