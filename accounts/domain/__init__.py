"""Pure rules of accounts: no Django, no I/O, no clock, no settings."""
