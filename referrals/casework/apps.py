from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "referrals.casework"
    label = "referrals_casework"
    default_auto_field = "django.db.models.BigAutoField"
