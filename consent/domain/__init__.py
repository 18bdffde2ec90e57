"""Pure rules of consent: no Django, no I/O, no clock, no settings."""
