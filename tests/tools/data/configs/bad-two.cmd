configs a b
