traffic --config Canary10Percent30Minutes --format json
