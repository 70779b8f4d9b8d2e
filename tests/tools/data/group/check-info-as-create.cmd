group check --shape create info.json
