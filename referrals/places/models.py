"""What was loaded from the registers. Only the two commands write here; nothing else points at these rows, so that a
register may be loaded anew at any time."""

from django.db import models


class Postcode(models.Model):
    """A postcode of the ONS Postcode Directory, with the authority for children's social care where it lies."""

    postcode = models.CharField(max_length=7, primary_key=True, help_text="Capitals without a blank.")
    authority = models.CharField(max_length=9, help_text="Code of the Office for National Statistics.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(postcode__regex=r"^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}$"),
                name="postcode_reads_as_one",
            ),
        ]

    def __str__(self) -> str:
        return self.postcode


class School(models.Model):
    """A school, college or nursery of the Department for Education's register."""

    urn = models.CharField("unique reference number", max_length=6, primary_key=True)
    name = models.CharField(max_length=200)
    town = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    authority = models.CharField(max_length=100, blank=True, help_text="Name of the local authority.")
    phase = models.CharField(max_length=60, blank=True)
    is_open = models.BooleanField()

    class Meta:
        ordering = ["name", "urn"]
        constraints = [
            models.CheckConstraint(condition=models.Q(urn__regex=r"^[0-9]{5,6}$"), name="school_urn_is_a_number"),
        ]

    def __str__(self) -> str:
        return f"School {self.urn}"
