"""Pure rules of oversight: no Django, no I/O, no clock, no settings."""
