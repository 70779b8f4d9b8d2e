traffic --steps 10:5,x,90
