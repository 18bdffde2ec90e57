from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "referrals.oversight"
    label = "referrals_oversight"
    default_auto_field = "django.db.models.BigAutoField"
