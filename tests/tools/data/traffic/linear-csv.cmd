traffic --linear 33:7 --format csv
