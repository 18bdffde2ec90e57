"""The desk of the referring agency."""

from django.urls import path

from referrals.review.views import asking, desk

app_name = "review"

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("<uuid:referral_id>/", desk.referral, name="referral"),
    path("<uuid:referral_id>/approve/", desk.approve, name="approve"),
    path("<uuid:referral_id>/let-go/", asking.let_go, name="let_go"),
    path("<uuid:referral_id>/return/", asking.return_for_changes, name="return"),
    path("<uuid:referral_id>/decline/", asking.decline, name="decline"),
    path("<uuid:referral_id>/advise/", asking.advise, name="advise"),
    path("<uuid:referral_id>/disagree/<uuid:intake_id>/", asking.disagree, name="disagree"),
    path("<uuid:referral_id>/take-up/<uuid:disagreement_id>/", asking.take_up, name="take_up"),
]
