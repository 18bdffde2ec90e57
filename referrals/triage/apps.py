from django.apps import AppConfig


class TriageConfig(AppConfig):
    name = "referrals.triage"
    label = "referrals_triage"
    default_auto_field = "django.db.models.BigAutoField"
