simulate --instances 3 --compare ,
