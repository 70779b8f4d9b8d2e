traffic --canary 10:5m
