"""Addresses of the forms to print. They hold nobody's data, so they have no record's address."""

from django.urls import path

from referrals.documents import blank_views

app_name = "blank_form"

urlpatterns = [
    path("", blank_views.areas, name="areas"),
    path("drafts/<uuid:draft_id>/", blank_views.draft, name="draft"),
    path("drafts/<uuid:draft_id>/early-help/", blank_views.draft, {"kind": "eha"}, name="draft_early_help"),
    path("<slug:area>/", blank_views.form, name="form"),
    path("<slug:area>/form.pdf", blank_views.pdf, name="pdf"),
    path("<slug:area>/early-help/", blank_views.form, {"kind": "eha"}, name="early_help"),
    path("<slug:area>/early-help/form.pdf", blank_views.pdf, {"kind": "eha"}, name="early_help_pdf"),
]
