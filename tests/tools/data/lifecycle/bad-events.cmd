lifecycle --platform server --events A
