simulate --inventory - --group -
