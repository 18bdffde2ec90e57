"""The plan, front doors, intakes, working time and clocks, deliveries."""
