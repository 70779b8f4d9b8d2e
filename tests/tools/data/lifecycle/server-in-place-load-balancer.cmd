lifecycle --platform server --scenario in-place-load-balancer
