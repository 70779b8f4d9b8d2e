traffic --all-at-once --format json
