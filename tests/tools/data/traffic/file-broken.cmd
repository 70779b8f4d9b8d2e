traffic --config-file ../../../config/data/create/2.5-percent-nan.json
