"""The audit record's tables, and the base of every append-only table of the house. No foreign key leads out of here."""

from typing import Any, NoReturn, TypeVar

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex, OpClass
from django.db import models
from django.db.models.functions import Now, Upper

from audit.domain.chain import EntryContent, SealContent

_Row = TypeVar("_Row", bound=models.Model)


class AppendOnlyError(TypeError):
    """Code tried to change or delete a row of an append-only table: a mistake of ours, never a person's."""


class AppendOnlyQuerySet(models.QuerySet[_Row]):
    """Rows that can be added and read. `select_for_update` fails too: PostgreSQL asks for UPDATE to lock a row."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"{self.model.__name__} is append-only: it cannot be updated")

    def bulk_update(self, objs: Any, fields: Any, batch_size: int | None = None) -> NoReturn:
        raise AppendOnlyError(f"{self.model.__name__} is append-only: it cannot be updated")

    def update_or_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"{self.model.__name__} is append-only: it cannot be updated")

    def delete(self) -> NoReturn:
        raise AppendOnlyError(f"{self.model.__name__} is append-only: it cannot be deleted")

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[_Row]:
        if kwargs.get("update_conflicts"):
            raise AppendOnlyError(f"{self.model.__name__} is append-only: it cannot be updated")
        return super().bulk_create(objs, *args, **kwargs)


class AppendOnly(models.Model):
    """Base of a table whose rows are never changed nor deleted.

    Here that is a seat belt; the guarantee is that the roles of web and worker hold no UPDATE, DELETE or TRUNCATE
    on these tables (`audit.privileges`, docs/adr/0006).
    """

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert the row. Raises AppendOnlyError when it is in the table already."""
        if not self._state.adding:
            raise AppendOnlyError(f"{type(self).__name__} is append-only: it cannot be updated")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse, always."""
        raise AppendOnlyError(f"{type(self).__name__} is append-only: it cannot be deleted")


def append_only_models() -> list[type[AppendOnly]]:
    """Return every append-only model of the installed apps, in order of table name."""
    found = [model for model in apps.get_models() if issubclass(model, AppendOnly)]
    return sorted(found, key=lambda model: model._meta.db_table)


class Entry(AppendOnly):
    """Who saw or did what to which subject, when, or was refused it. Written by `audit.actions`, never directly.

    A trigger sets `at` to the clock of the database and queues the row for the sealer, whatever the inserting
    statement says (migration 0001). `actor_name` is the name at that time: people are renamed and removed.
    """

    class Outcome(models.TextChoices):
        ALLOWED = "allowed", "Allowed"
        REFUSED = "refused", "Refused"

    at = models.DateTimeField(db_default=Now(), editable=False)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200)
    agency_id = models.UUIDField(null=True)
    roles = ArrayField(models.CharField(max_length=50), default=list)
    verb = models.CharField(max_length=100)
    subject_type = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=64, blank=True)
    outcome = models.CharField(max_length=7, choices=Outcome.choices)
    rule = models.CharField(max_length=100, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject_id", "-id"], name="audit_entry_subject"),
            models.Index(fields=["actor_id", "-id"], name="audit_entry_actor"),
            models.Index(fields=["verb", "-id"], name="audit_entry_verb"),
            BrinIndex(fields=["at"], name="audit_entry_at", autosummarize=True),
            GinIndex(OpClass(Upper("actor_name"), name="gin_trgm_ops"), name="audit_entry_name"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="allowed", rule="") | (models.Q(outcome="refused") & ~models.Q(rule="")),
                name="audit_entry_refused_by_a_rule",
            ),
        ]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.pk} {self.verb}"

    def content(self) -> EntryContent:
        """Return every column, as it is sealed."""
        return EntryContent(
            id=self.pk,
            at=self.at,
            actor_id=self.actor_id,
            actor_name=self.actor_name,
            agency_id=self.agency_id,
            roles=tuple(self.roles),
            verb=self.verb,
            subject_type=self.subject_type,
            subject_id=self.subject_id,
            outcome=self.outcome,
            rule=self.rule,
            request_id=self.request_id,
            detail=self.detail,
        )


class Seal(AppendOnly):
    """One link of the chain, written by the worker's sealer alone: the web role may not even insert here.

    No foreign key to the entry, so that a seal outlives it and its loss shows.
    """

    position = models.BigIntegerField(primary_key=True)
    entry_id = models.BigIntegerField(unique=True)
    entry_digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    sealed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.position} {self.digest[:12]}"

    def content(self) -> SealContent:
        """Return the link as the pure chain takes it."""
        return SealContent(
            position=self.position,
            entry_id=self.entry_id,
            entry_digest=self.entry_digest,
            previous=self.previous,
            digest=self.digest,
            sealed_at=self.sealed_at,
        )

    @classmethod
    def of(cls, content: SealContent) -> "Seal":
        """Return the unsaved row for a link."""
        return cls(
            position=content.position,
            entry_id=content.entry_id,
            entry_digest=content.entry_digest,
            previous=content.previous,
            digest=content.digest,
            sealed_at=content.sealed_at,
        )


class Unsealed(models.Model):
    """The numbers of entries that wait for the sealer.

    A trigger writes the row with the entry, in its transaction, and the sealer deletes it. So the sealer finds
    entries that commit out of order without searching the whole record. The web role can only read it.
    """

    entry_id = models.BigIntegerField(primary_key=True)

    class Meta:
        verbose_name_plural = "unsealed"

    def __str__(self) -> str:
        return str(self.entry_id)
