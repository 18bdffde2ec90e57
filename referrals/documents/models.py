"""The PDF copies, kept as they were made."""

import uuid

from django.db import models

from accounts.models import Person
from audit.models import AppendOnly
from consent.models import Disclosure
from referrals.record.models import Referral, Submission

_SHA256 = r"^[0-9a-f]{64}$"


class PdfCopy(AppendOnly):
    """The copy of one submission: made once, and served as these very bytes from then on (docs/adr/0014).

    `renderer` names what drew it: the program with its version, and the version of our layout.
    """

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="copy")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    renderer = models.CharField(max_length=100)

    class Meta:
        verbose_name = "PDF copy"
        verbose_name_plural = "PDF copies"
        constraints = [
            models.CheckConstraint(condition=models.Q(sha256__regex=_SHA256), name="pdf_copy_has_a_digest"),
        ]

    def __str__(self) -> str:
        return f"PdfCopy {self.pk}"


class RecipientCopy(AppendOnly):
    """The copy for one front door that is given a part of a submission: made once from the frozen text, and served as
    these very bytes. A front door that is given everything has the copy of the submission itself."""

    disclosure = models.OneToOneField(Disclosure, on_delete=models.PROTECT, related_name="copy")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    renderer = models.CharField(max_length=100)

    class Meta:
        verbose_name = "copy for a recipient"
        verbose_name_plural = "copies for recipients"
        constraints = [
            models.CheckConstraint(condition=models.Q(sha256__regex=_SHA256), name="recipient_copy_has_a_digest"),
        ]

    def __str__(self) -> str:
        return f"RecipientCopy {self.pk}"


class FamilyCopy(AppendOnly):
    """A copy for somebody of the family, as a person made it for them: drawn once from the frozen text, and served as
    these very bytes while nothing holds telling back. `disclosure` is what the front door of its maker is given; None
    for the agency. `put_in` are the answers that the maker read and put in, `left_out` what isn't in it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="family_copies")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="family_copies")
    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="family_copies", null=True)
    recipient = models.CharField(max_length=300)
    ask = models.CharField(max_length=300)
    children = models.JSONField()
    put_in = models.JSONField()
    left_out = models.JSONField()
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    renderer = models.CharField(max_length=100)
    made_at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["made_at", "id"]
        verbose_name = "copy for the family"
        verbose_name_plural = "copies for the family"
        indexes = [models.Index(fields=["referral", "made_at"], name="family_copy_by_referral")]
        constraints = [
            models.CheckConstraint(condition=models.Q(sha256__regex=_SHA256), name="family_copy_has_a_digest"),
        ]

    def __str__(self) -> str:
        return f"FamilyCopy {self.pk}"


class OutsideCopy(AppendOnly):
    """A copy for a front door that receives nothing through this system, for the agency to hand over: drawn once from
    the frozen text by what that front door needs (`need`, as of `consent.models.Disclosure`), and served as these very
    bytes. The newest counts: agreement may have changed since an earlier one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="outside_copies")
    area = models.CharField(max_length=60)
    front_door = models.CharField(max_length=60)
    recipient = models.CharField(max_length=300)
    need = models.JSONField()
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    renderer = models.CharField(max_length=100)
    made_at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["made_at", "id"]
        verbose_name = "copy to hand over"
        verbose_name_plural = "copies to hand over"
        constraints = [
            models.CheckConstraint(condition=models.Q(sha256__regex=_SHA256), name="outside_copy_has_a_digest"),
        ]

    def __str__(self) -> str:
        return f"OutsideCopy {self.pk}"


class Since(AppendOnly):
    """What was recorded after a submission, as it stood when somebody asked for it in one document: the canonical text
    that its PDF is drawn from. `disclosure` is what the front door of its readers is given; None for the agency.
    `until`: they had let go of the referral then, and it holds nothing that came later."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="since")
    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="since", null=True)
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    until = models.DateTimeField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["at", "id"]
        verbose_name_plural = "since"
        constraints = [
            models.CheckConstraint(condition=models.Q(sha256__regex=_SHA256), name="since_has_a_digest"),
            models.UniqueConstraint(
                fields=["submission", "disclosure", "sha256"], nulls_distinct=False, name="since_is_put_together_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Since {self.pk}"


class SinceCopy(AppendOnly):
    """The PDF of such a document: made once from its text, and served as these very bytes from then on."""

    since = models.OneToOneField(Since, on_delete=models.PROTECT, related_name="copy")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    renderer = models.CharField(max_length=100)

    class Meta:
        verbose_name = "copy of what was recorded since"
        verbose_name_plural = "copies of what was recorded since"
        constraints = [
            models.CheckConstraint(condition=models.Q(sha256__regex=_SHA256), name="since_copy_has_a_digest"),
        ]

    def __str__(self) -> str:
        return f"SinceCopy {self.pk}"
