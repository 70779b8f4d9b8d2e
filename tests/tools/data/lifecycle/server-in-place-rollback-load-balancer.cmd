lifecycle --platform server --scenario in-place-rollback-load-balancer
