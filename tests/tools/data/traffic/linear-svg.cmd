traffic --linear 10:1 --format svg
