"""Pure rules of the record: no Django, no I/O, no clock, no settings."""
