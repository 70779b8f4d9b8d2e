group match --inventory
