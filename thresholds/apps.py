from django.apps import AppConfig


class ThresholdsConfig(AppConfig):
    name = "thresholds"
    label = "thresholds"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from thresholds import checks  # noqa: F401, PLC0415 (registers the check)
