"""The copies and the files stand under the referral's own address."""

from django.urls import path

from referrals.documents import views

app_name = "documents"

urlpatterns = [
    path("<uuid:referral_id>/copy.pdf", views.copy, name="copy"),
    path("<uuid:referral_id>/files/<uuid:attachment_id>/", views.file, name="file"),
]
