simulate --instances 3 --config AllAtOnce --min-healthy 3
