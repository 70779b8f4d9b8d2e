simulate --instances 3 --config LambdaAllAtOnce
