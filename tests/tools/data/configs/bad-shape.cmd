configs --check --shape api x
