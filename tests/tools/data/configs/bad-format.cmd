configs --format sarif
