run --scenario x --format gif
