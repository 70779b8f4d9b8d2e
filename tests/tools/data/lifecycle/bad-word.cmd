lifecycle --platform server more
