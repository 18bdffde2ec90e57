"""The append-only record of who saw and did what. Imports nothing of ours; nothing points out of it."""
