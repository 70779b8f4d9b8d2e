traffic --config CodeDeployDefault.OneAtATime
