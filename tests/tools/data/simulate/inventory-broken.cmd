simulate --inventory broken.json
