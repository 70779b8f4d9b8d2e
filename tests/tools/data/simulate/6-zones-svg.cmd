simulate --instances 60 --zones 3 --min-healthy 60% --zone-min-healthy 40% --zone-wait 2m --duration 45s+-15s --fail 5% --format svg
