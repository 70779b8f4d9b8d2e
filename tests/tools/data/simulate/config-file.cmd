simulate --instances 4 --zones 2 --config careful.json
