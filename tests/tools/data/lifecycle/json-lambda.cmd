lifecycle --platform=lambda --format=json
