"""The PDF copies, kept as they were made."""

from django.db import models

from audit.models import AppendOnly
from consent.models import Disclosure
from referrals.record.models import Submission

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
