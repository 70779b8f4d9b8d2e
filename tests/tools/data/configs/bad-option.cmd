configs --frob
