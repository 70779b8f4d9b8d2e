configs --help
