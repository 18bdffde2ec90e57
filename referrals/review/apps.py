from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "referrals.review"
    label = "referrals_review"
    default_auto_field = "django.db.models.BigAutoField"
