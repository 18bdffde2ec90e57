from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "referrals.record"
    label = "referrals_record"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the auditor's page the references of referrals."""
        from audit import naming  # noqa: PLC0415 (models are loaded by now)
        from referrals.record.selectors.references import references_of, referrals_called  # noqa: PLC0415

        naming.register("referral", references_of, finding=referrals_called)
