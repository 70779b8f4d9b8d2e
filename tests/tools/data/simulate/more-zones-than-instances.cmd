simulate --instances 2 --zones 40 --config AllAtOnce
