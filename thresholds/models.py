"""Published versions of threshold packs. A version is never changed: a referral is always shown against its own."""

import json

from django.db import models

from audit.models import AppendOnly
from thresholds.domain.pack import Pack


class PackVersion(AppendOnly):
    """One published pack. `revision` tells versions of one area and date apart, the highest is the one in force."""

    area = models.SlugField(max_length=60)
    effective_from = models.DateField()
    revision = models.PositiveSmallIntegerField(default=1)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    body = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "effective_from", "revision"], name="thresholds_one_revision"),
            models.CheckConstraint(condition=models.Q(revision__gte=1), name="thresholds_revision_from_one"),
            models.CheckConstraint(
                condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="thresholds_sha256_is_hexadecimal"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.effective_from:%Y-%m-%d} revision {self.revision}"

    def pack(self) -> Pack:
        """The pack as it was published. Raises ValueError when the stored body doesn't have the stored digest."""
        pack = Pack.model_validate_json(json.dumps(self.body))
        if pack.sha256() != self.sha256:
            raise ValueError(f"the body of {self} does not have its digest")
        return pack
