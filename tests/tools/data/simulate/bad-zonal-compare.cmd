simulate --instances 3 --zones 3 --compare AllAtOnce,0 --zonal
