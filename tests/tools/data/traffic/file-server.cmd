traffic --config-file ../../../config/data/info/zonal.json
