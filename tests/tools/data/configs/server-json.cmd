configs CodeDeployDefault.OneAtATime --format json
