lifecycle --platform server --scenario in-plase
