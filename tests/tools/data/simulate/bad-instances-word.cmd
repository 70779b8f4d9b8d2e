simulate --instances many
