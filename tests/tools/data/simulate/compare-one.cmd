simulate --instances 1 --compare AllAtOnce,50%
