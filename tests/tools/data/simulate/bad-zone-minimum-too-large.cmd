simulate --instances 3 --zones 3 --min-healthy 0 --zone-min-healthy 1
