traffic --config CodeDeployDefault.ECSAllAtOnce --format svg
