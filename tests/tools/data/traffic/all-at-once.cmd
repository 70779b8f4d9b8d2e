traffic --all-at-once
