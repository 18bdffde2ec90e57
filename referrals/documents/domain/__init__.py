"""Pure rules of the copies."""
