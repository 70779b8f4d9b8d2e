run --scenario overrides.yaml --actions --format svg
