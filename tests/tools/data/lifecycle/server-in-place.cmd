lifecycle --platform server --scenario in-place
