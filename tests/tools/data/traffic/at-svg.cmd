traffic --linear 20:2 --at 7 --format svg
