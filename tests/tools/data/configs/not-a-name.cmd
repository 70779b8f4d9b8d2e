configs "a b"
