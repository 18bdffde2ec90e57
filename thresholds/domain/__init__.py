"""Pure rules of thresholds: no Django, no I/O, no clock, no settings."""
