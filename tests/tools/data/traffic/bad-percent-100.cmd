traffic --linear 100:5
