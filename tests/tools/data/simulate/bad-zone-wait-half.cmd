simulate --instances 9 --min-healthy 5 --zone-wait 1500ms
