from django.apps import AppConfig


class RoutingConfig(AppConfig):
    name = "referrals.routing"
    label = "referrals_routing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the pages of threshold drafts what lies undecided at each front door, and the auditor's what intakes are
        called."""
        from audit import naming  # noqa: PLC0415 (models are loaded by now)
        from referrals.routing.selectors import open_by_door  # noqa: PLC0415 (models are loaded by now)
        from referrals.routing.selectors.references import intakes_called, names_of_intakes  # noqa: PLC0415
        from thresholds import open_work  # noqa: PLC0415

        open_work.register(open_by_door)
        naming.register("intake", names_of_intakes, finding=intakes_called)
