configs
