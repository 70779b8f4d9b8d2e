traffic --canary 0:5
