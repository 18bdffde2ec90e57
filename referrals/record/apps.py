from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "referrals.record"
    label = "referrals_record"
    default_auto_field = "django.db.models.BigAutoField"
