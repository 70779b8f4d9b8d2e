traffic --canary 10:5 --at NaN
