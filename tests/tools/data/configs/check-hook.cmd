configs --check --shape hook --format github ../../../config/data/hook/4.3-percentage-13.json
