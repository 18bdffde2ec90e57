from django.apps import AppConfig


class RoutingConfig(AppConfig):
    name = "referrals.routing"
    label = "referrals_routing"
    default_auto_field = "django.db.models.BigAutoField"
