lifecycle --platform server --scenario auto-scaling-launch
