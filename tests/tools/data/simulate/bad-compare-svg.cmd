simulate --instances 3 --compare AllAtOnce --format svg
