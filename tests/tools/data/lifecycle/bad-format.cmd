lifecycle --platform server --format yaml
