traffic --linear 1:29
