configs --check
