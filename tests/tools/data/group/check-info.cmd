group check info.json --format json
