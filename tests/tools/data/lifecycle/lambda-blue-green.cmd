lifecycle --platform lambda --scenario blue-green
