traffic --canary -1:5
