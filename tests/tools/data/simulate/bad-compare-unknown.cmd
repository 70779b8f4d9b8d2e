simulate --instances 3 --compare AllAtOnce,Halff
