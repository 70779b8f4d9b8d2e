run --scenario - --faults
