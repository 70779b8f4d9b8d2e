run --scenario ../../../../examples/scenarios/server-blue-green-ready.yaml --format svg
