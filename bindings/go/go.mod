module libcodedeploy.internal/codedeploy

go 1.19
