"""Pure rules of dispatch: no Django, no I/O, no clock, no settings."""
