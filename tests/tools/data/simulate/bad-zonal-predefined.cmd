simulate --instances 3 --zones 3 --config AllAtOnce --zonal
