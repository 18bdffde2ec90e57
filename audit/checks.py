"""System check of the database role, tagged `database`: `manage.py check --database default`, and /readyz."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import connections

from audit.privileges import problems


@checks.register(checks.Tags.database)
def check_role(databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Return a warning (audit.W001) for each way in which the current role could change the audit record.

    Warnings, because `migrate` runs this check as the owner, who can. For web and worker each one means not ready.
    """
    return [
        checks.Warning(problem, hint="Web and worker run as roles of their own; see apply_privileges.", id="audit.W001")
        for alias in databases or ()
        for problem in problems(connections[alias])
    ]
