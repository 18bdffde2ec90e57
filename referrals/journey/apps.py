from django.apps import AppConfig


class JourneyConfig(AppConfig):
    name = "referrals.journey"
    label = "referrals_journey"
    default_auto_field = "django.db.models.BigAutoField"
