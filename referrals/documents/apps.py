from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "referrals.documents"
    label = "referrals_documents"
    default_auto_field = "django.db.models.BigAutoField"
