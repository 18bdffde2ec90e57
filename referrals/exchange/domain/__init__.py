"""Pure rules of referrals.exchange: no Django, no I/O, no clock, no settings."""
