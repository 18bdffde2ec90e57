"""Who acts: a frozen description that every check and every audit row takes, so that neither asks the database."""

from dataclasses import dataclass
from typing import Self
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """A person with today's roles, the system itself, or somebody who has not signed in.

    `person_id` and `agency_id` are None for the system and for nobody. `roles` holds the values of
    `accounts.domain.roles.Role`. `request_id` ties the audit rows of one request to its log lines.
    """

    person_id: UUID | None
    name: str
    agency_id: UUID | None
    roles: frozenset[str]
    request_id: str = ""

    @classmethod
    def system(cls, name: str, *, request_id: str = "") -> Self:
        """Return the actor for work that no person does: `name` says which part, such as "outbox sweep"."""
        return cls(person_id=None, name=f"system: {name}", agency_id=None, roles=frozenset(), request_id=request_id)

    @classmethod
    def nobody(cls, *, request_id: str = "") -> Self:
        """Return the actor for a request without a sign-in. It holds no role, so every check refuses it."""
        return cls(person_id=None, name="not signed in", agency_id=None, roles=frozenset(), request_id=request_id)

    def has_role(self, *roles: str) -> bool:
        """Say whether the actor holds at least one of `roles`."""
        return not self.roles.isdisjoint(roles)
