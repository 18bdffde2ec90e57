"""Tokens for fetching: long random words, of which only a digest is kept.

A digest without salt is right for them: they are random, so nobody can guess them from it, and it can be looked up.
"""

import hashlib
import re

PREFIX = "srt_"
"""So that a token that was copied into a file can be found there."""
_FORM = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{43}}")


def token_of(random: str) -> str:
    """Return the token made of 43 random URL-safe characters; ValueError for anything else."""
    token = f"{PREFIX}{random}"
    if not _FORM.fullmatch(token):
        raise ValueError("a token is made of 32 random bytes")
    return token


def digest_of(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def token_in(header: str) -> str | None:
    """Return the token of an `Authorization: Bearer …` header; None where there is none that could be ours."""
    scheme, _, token = header.partition(" ")
    token = token.strip()
    return token if scheme.lower() == "bearer" and _FORM.fullmatch(token) else None
