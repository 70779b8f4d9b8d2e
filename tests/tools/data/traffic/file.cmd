traffic --config-file ../../../config/data/create/2.5-canary.json --at 46
