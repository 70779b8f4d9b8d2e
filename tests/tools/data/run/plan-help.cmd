rollback-plan --help
