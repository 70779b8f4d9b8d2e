lifecycle --platform lambda
