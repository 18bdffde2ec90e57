from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to sign-ins, and tell the auditor's page what people, agencies and teams are called."""
        from accounts import receivers  # noqa: F401, PLC0415  # needs models, which are loaded only now
        from accounts.selectors import names_of_agencies, names_of_people, names_of_teams  # noqa: PLC0415
        from audit import naming  # noqa: PLC0415

        naming.register("person", names_of_people)
        naming.register("agency", names_of_agencies)
        naming.register("team", names_of_teams)
