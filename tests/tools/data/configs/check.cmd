configs --check ../../../config/data/create/2.5-canary.json ../../../config/data/create/everything-at-once.json
