traffic --canary 10:5 --all-at-once
