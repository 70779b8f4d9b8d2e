traffic --canary 10
