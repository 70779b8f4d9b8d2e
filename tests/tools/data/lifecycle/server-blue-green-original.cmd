lifecycle --platform server --scenario blue-green-original
