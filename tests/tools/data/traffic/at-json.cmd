traffic --canary 10:5 --at 90s --format json
