group match - --inventory -
