lifecycle --platform lambda --scenario in-place
