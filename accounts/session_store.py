"""Where sessions are kept: Django's table, but a database that goes away while one is saved is told from one that was
ended meanwhile.
"""

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import DatabaseError


class SessionStore(db.SessionStore):
    """Django's store reports any error of an update as "deleted meanwhile", which ends in a page with 400 that says
    that the browser sent nonsense. An error of the database goes on as what it is, so that the page with 503 says what
    to do (config.errors).
    """

    def save(self, must_create: bool = False) -> None:
        """Save the session. Raises UpdateError where its row is gone, CreateError where `must_create` finds one there,
        and the database's own error where that failed.
        """
        try:
            super().save(must_create)
        except UpdateError as error:
            failed = error.__context__
            # What the database's driver raised is the cause of Django's error; that a row is gone has none.
            if isinstance(failed, DatabaseError) and failed.__cause__ is not None:
                raise failed from failed.__cause__
            raise
