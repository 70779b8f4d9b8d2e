traffic --linear 0:0
