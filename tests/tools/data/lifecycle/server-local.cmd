lifecycle --platform server --scenario local
