traffic --linear 10:0
