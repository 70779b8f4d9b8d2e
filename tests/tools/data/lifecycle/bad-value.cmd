lifecycle --platform
