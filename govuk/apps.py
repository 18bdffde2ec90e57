"""The app's label; there are no models here."""

from django.apps import AppConfig


class GovukConfig(AppConfig):
    name = "govuk"
    label = "govuk"
    verbose_name = "GOV.UK template pack"
