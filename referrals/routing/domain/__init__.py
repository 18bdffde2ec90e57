"""Pure rules of referrals.routing: no Django, no I/O, no clock, no settings."""
