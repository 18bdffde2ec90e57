"""The copies and the files stand under the referral's own address."""

from django.urls import path

from referrals.documents import family_views, views

app_name = "documents"

urlpatterns = [
    path("<uuid:referral_id>/copy.pdf", views.copy, name="copy"),
    path("<uuid:referral_id>/family-copy/", family_views.family_copy, name="family_copy"),
    path("<uuid:referral_id>/family-copy/<uuid:copy_id>.pdf", family_views.family_pdf, name="family_pdf"),
    path("<uuid:referral_id>/files/<uuid:attachment_id>/", views.file, name="file"),
]
