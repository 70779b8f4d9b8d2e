traffic --canary 10:5 --format svg
