traffic --canary 10:2881
