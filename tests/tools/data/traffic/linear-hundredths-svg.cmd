traffic --linear 1:29 --format svg
