traffic --steps 10:5m,25:gate,50:10m,75:gate,100 --format svg --at 3
