simulate --inventory twice.json
