simulate --instances 9 --config AllAtOnce --fail-at 1-8 --format json
