"""Encryption of what must not be readable in the database: held forms and second-factor secrets.

`settings.ENCRYPTION_KEYS` are Fernet keys, newest first: the first encrypts, each of them decrypts, so that a key is
replaced by putting a new one in front and dropping the old one once nothing uses it.
"""

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Undecipherable(Exception):  # names the state of the text
    """The text was not encrypted with any of our keys, or was altered."""


def encrypt(text: str) -> str:
    """Return the text encrypted and signed, in URL-safe base64."""
    return _keys().encrypt(text.encode()).decode("ascii")


def decrypt(ciphertext: str) -> str:
    """Return the text again; raise Undecipherable without saying anything about it."""
    try:
        return _keys().decrypt(ciphertext.encode()).decode()
    except InvalidToken:
        raise Undecipherable from None


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.ENCRYPTION_KEYS])
