lifecycle --platform server
