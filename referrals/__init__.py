"""A plain package of rooms; each room is a Django app of its own."""
