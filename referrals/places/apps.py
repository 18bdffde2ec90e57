from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "referrals.places"
    label = "referrals_places"
    default_auto_field = "django.db.models.BigAutoField"
