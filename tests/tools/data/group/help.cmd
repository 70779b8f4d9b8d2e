group --help
