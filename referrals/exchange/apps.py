from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "referrals.exchange"
    label = "referrals_exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of what happens to intakes."""
        from referrals.exchange.actions import note_event  # noqa: PLC0415 (models are loaded by now)
        from referrals.exchange.mailing import note_mail  # noqa: PLC0415
        from referrals.routing import happenings  # noqa: PLC0415

        happenings.register(note_event)
        happenings.register(note_mail)
