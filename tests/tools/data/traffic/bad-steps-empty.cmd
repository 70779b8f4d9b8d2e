traffic --steps ''
