simulate --instances 2 --config AllAtOnce --stop-at 1h
