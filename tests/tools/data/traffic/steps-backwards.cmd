traffic --steps 50:1500ms,10:30s,100
