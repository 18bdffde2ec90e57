"""Where sessions are kept: Django's table, but a page saves what it changed and nothing else.

Django writes the whole session that a page read when it began. One that takes long, or two tabs at once, would so put
back what another page changed meanwhile: the agency that somebody chose, above all.
"""

from copy import deepcopy
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import router, transaction


class SessionStore(db.SessionStore):
    """Django's store, with updates key by key.

    A database that goes away during one is told from a session that was ended meanwhile: Django reports both as
    "deleted", which ends in a page with 400 that says that the browser sent nonsense. An error of the database goes on
    as what it is, so that the page with 503 says what to do (config.errors).
    """

    _as_stored: dict[str, Any] | None = None
    """What this page knows to stand in the table; None before it has read or written it."""

    def load(self) -> dict[str, Any]:
        """Read the session, and note how it was."""
        loaded: dict[str, Any] = super().load()
        self._as_stored = deepcopy(loaded)
        return loaded

    def save(self, must_create: bool = False) -> None:
        """Save what changed since it was read. Raises UpdateError where its row is gone, CreateError where
        `must_create` finds one there, and the database's own error where that failed.
        """
        if must_create or self.session_key is None:
            super().save(must_create)
        else:
            self._update()
        # One that is only made (`create`) comes back here with its key, and notes itself.
        self._as_stored = deepcopy(self._held())

    def _held(self) -> dict[str, Any]:
        """The session as this page has it; read from the table where it hasn't been."""
        held: dict[str, Any] = self._session  # type: ignore[attr-defined]  # Django's own, and no stub knows it
        return held

    def _update(self) -> None:
        mine = self._held()
        before = self._as_stored
        using = router.db_for_write(self.model)
        with transaction.atomic(using=using):
            row = self.model.objects.using(using).select_for_update().filter(session_key=self.session_key).first()
            if row is None:
                raise UpdateError
            # Emptied without having been read: then nothing of it is to stay.
            stored = self.decode(row.session_data) if before is not None else {}
            before = before or {}
            kept = {key: value for key, value in stored.items() if key in mine or key not in before}
            changed = {key: value for key, value in mine.items() if key not in before or before[key] != value}
            row.session_data = self.encode({**kept, **changed})
            row.expire_date = self.get_expiry_date()
            row.save(using=using, update_fields=["session_data", "expire_date"])
