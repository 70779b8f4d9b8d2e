traffic --canary 10:5 --at 4.99
