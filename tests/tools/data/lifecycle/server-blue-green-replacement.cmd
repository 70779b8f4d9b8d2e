lifecycle --platform server --scenario blue-green-replacement
