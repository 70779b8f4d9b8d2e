configs --format json
