"""Pure rules of referrals.record: no Django, no I/O, no clock, no settings."""
