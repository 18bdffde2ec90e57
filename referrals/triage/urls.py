"""The front door's desk."""

from django.urls import path

from referrals.triage.views import answering, asking, intake, papers, passing, queue, times

app_name = "triage"

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("of/<uuid:referral_id>/", queue.of_referral, name="of_referral"),
    path("of/<uuid:referral_id>/copy.pdf", queue.copy, name="copy"),
    path("of/<uuid:referral_id>/files/<uuid:attachment_id>/", queue.file, name="file"),
    path("<uuid:intake_id>/", intake.intake, name="intake"),
    path("<uuid:intake_id>/claim/", queue.claim, name="claim"),
    path("<uuid:intake_id>/release/", queue.release, name="release"),
    path("<uuid:intake_id>/rate/", intake.rate, name="rate"),
    path("<uuid:intake_id>/ask/", asking.ask, name="ask"),
    path("<uuid:intake_id>/open-rest/", asking.open_rest, name="open_rest"),
    # Where no child was recorded yet, both are asked once for the intake.
    path("<uuid:intake_id>/recommend/", asking.recommend, name="recommend"),
    path("<uuid:intake_id>/recommend/<uuid:child_id>/", asking.recommend, name="recommend_child"),
    path("<uuid:intake_id>/decide/", asking.decide, name="decide"),
    path("<uuid:intake_id>/decide/<uuid:child_id>/", asking.decide, name="decide_child"),
    path("<uuid:intake_id>/telling/", answering.telling, name="telling"),
    path("<uuid:intake_id>/times/<int:clock_id>/", times.extend, name="extend"),
    path("<uuid:intake_id>/partners/", times.ask_partner, name="ask_partner"),
    path("<uuid:intake_id>/partners/<uuid:request_id>/", times.partner, name="partner"),
    path("<uuid:intake_id>/partners/<uuid:request_id>/paper/", papers.paper, name="paper"),
    path("<uuid:intake_id>/partners/<uuid:request_id>/paper/<uuid:paper_id>.pdf", papers.pdf, name="paper_pdf"),
    path("<uuid:intake_id>/hand-on/", passing.hand_on, name="hand_on"),
    path("<uuid:intake_id>/hand-on/by-phone/", passing.hand_on_by_phone, name="hand_on_by_phone"),
    path("<uuid:intake_id>/hand-on/<uuid:transfer_id>/take-back/", passing.take_back, name="take_back"),
    path("<uuid:intake_id>/accept/", passing.accept, name="accept"),
    path("<uuid:intake_id>/refuse/", passing.refuse, name="refuse"),
    path("<uuid:intake_id>/close/", asking.close, name="close"),
    path("<uuid:intake_id>/disagreements/<uuid:disagreement_id>/", answering.disagreement, name="disagreement"),
    path("<uuid:intake_id>/withdrawals/<uuid:request_id>/", answering.withdrawal, name="withdrawal"),
]
