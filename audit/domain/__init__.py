"""Pure rules of audit: no Django, no I/O, no clock, no settings."""
