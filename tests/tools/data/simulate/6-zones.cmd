simulate --instances 9 --zones 3 --min-healthy 5 --zonal --zone-min-healthy 1 --zone-wait 5m --first-zone-wait 10m --duration 30s
