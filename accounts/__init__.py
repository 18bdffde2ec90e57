"""Agencies, people, roles, front-door teams, sign-in."""
