simulate --instances 41 --config AllAtOnce --duration 0 --format json
