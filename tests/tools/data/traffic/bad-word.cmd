traffic 10:5
