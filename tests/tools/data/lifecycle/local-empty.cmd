lifecycle --platform server --scenario local --events ,,
