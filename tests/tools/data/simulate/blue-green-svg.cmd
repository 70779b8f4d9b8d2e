simulate --instances 30 --blue-green --min-healthy 70% --duration 1m+-30s --format svg --title 'Blue & green <30>'
