"""Pure rules of referrals.casework: no Django, no I/O, no clock, no settings."""
