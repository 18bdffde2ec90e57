"""The threshold documents as data, and the check."""
