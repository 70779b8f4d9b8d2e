traffic --steps
