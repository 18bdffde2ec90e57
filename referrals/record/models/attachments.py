"""Files that go with a referral. Their bytes stand in a table of their own, so that no list reads them by accident."""

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import Person
from referrals.record.domain.attachments import FileState
from referrals.record.domain.file_types import FILE_TYPES
from referrals.record.models.draft import Child
from referrals.record.models.frozen import Addendum
from referrals.record.models.referral import Referral

_STATES = [state.value for state in FileState]
_SHA256 = r"^[0-9a-f]{64}$"


class Attachment(models.Model):
    """One file, from being chosen on (docs/adr/0026). `size` and `sha256` are those of the file as it was chosen.

    On a draft it goes along when the draft is submitted. Chosen after that, it waits for the `addendum` that adds it.
    Taken off again it stays as a row without bytes, because an earlier submission or an addendum may name it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="attachments")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    description = models.TextField(blank=True)
    about = models.ForeignKey(Child, on_delete=models.SET_NULL, related_name="+", null=True)
    state = models.CharField(max_length=12, choices=[(state, state) for state in _STATES])
    state_at = models.DateTimeField()
    signature = models.CharField(max_length=200, blank=True, help_text="What the scanner calls what it found.")
    addendum = models.ForeignKey(Addendum, on_delete=models.PROTECT, related_name="attachments", null=True)
    removed_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "number"], name="attachment_number_is_unique"),
            models.CheckConstraint(condition=Q(state__in=_STATES), name="attachment_state_is_known"),
            models.CheckConstraint(condition=Q(sha256__regex=_SHA256), name="attachment_has_a_digest"),
        ]

    def __str__(self) -> str:
        # Logs and tracebacks print this: no name.
        return f"Attachment {self.pk}"

    @property
    def standing(self) -> FileState:
        """Where it stands."""
        return FileState(self.state)

    @property
    def type_name(self) -> str:
        """What it is, as people read it."""
        return FILE_TYPES[self.kind].name


class AttachmentContent(models.Model):
    """The bytes of a file: as it was chosen until it was looked at; of a picture then the copy without what the camera
    wrote into it (`derived`), and of what is kept out nothing at all, which is why these rows can be deleted."""

    attachment = models.OneToOneField(Attachment, on_delete=models.CASCADE, related_name="content")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    derived = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=_SHA256), name="attachment_content_has_a_digest"),
        ]

    def __str__(self) -> str:
        return f"AttachmentContent {self.pk}"
