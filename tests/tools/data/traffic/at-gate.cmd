traffic --steps 10:5m,25:gate,100 --at 2h
