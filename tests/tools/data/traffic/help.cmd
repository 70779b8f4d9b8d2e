traffic --help
