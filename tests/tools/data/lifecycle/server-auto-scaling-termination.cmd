lifecycle --platform server --scenario auto-scaling-termination
