simulate --inventory inventory.json --outdated-only --format svg
