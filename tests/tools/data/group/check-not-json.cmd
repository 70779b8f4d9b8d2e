group check broken.json
