lifecycle --platform server --scenaro x
