traffic --linear 10:321
