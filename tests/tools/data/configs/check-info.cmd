configs --check --shape info ../../../config/data/info/1.6-one-at-a-time-of-an-emulator.json
