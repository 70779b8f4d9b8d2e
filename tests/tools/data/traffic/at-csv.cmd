traffic --linear 20:2 --at 3 --format csv
