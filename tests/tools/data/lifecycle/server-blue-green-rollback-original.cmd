lifecycle --platform server --scenario blue-green-rollback-original
