traffic --frob
