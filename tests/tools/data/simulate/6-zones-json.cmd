simulate --instances 4 --zones 2 --min-healthy 0 --zone-wait 1m --format json --fail-at 3
