"""Addresses of the practitioner's pages. The canonical page of a referral, /r/<uuid>/, has its name without a room's:
every room links to it."""

from django.urls import URLPattern, URLResolver, include, path

from referrals.journey.views import (
    adding,
    afterwards,
    carrying,
    files,
    handing,
    not_referring,
    people,
    record,
    routes,
    sending,
    shielding,
    starting,
    writing,
)

_pages: list[URLPattern] = [
    path("start/", starting.start, name="start"),
    path("start/urgent/", starting.urgent, name="urgent"),
    path("start/which/", starting.which, name="which"),
    path("start/begin/", starting.begin, name="begin"),
    path("routes/<slug:area>/", routes.table, name="routes"),
    path("routes/<slug:area>/try/", routes.attempt, name="try_route"),
    path("referrals/", starting.referrals, name="referrals"),
    path("r/<uuid:referral_id>/tasks/", writing.tasks, name="tasks"),
    path("r/<uuid:referral_id>/page/<slug:page>/", writing.page, name="page"),
    path("r/<uuid:referral_id>/page/<slug:page>/<uuid:person_id>/", writing.page, name="person_page"),
    path("r/<uuid:referral_id>/add-child/", people.add_child, name="add_child"),
    path("r/<uuid:referral_id>/add-member/", people.add_member, name="add_member"),
    path("r/<uuid:referral_id>/remove/<uuid:person_id>/", people.remove, name="remove"),
    path("r/<uuid:referral_id>/attach/", files.files, name="files"),
    path("r/<uuid:referral_id>/share/", handing.share, name="share"),
    path("offers/<uuid:offer_id>/", handing.offer, name="offer"),
    path("r/<uuid:referral_id>/sharing/", sending.sharing, name="sharing"),
    path("r/<uuid:referral_id>/needs-referral/", carrying.needs_referral, name="needs_referral"),
    path("r/<uuid:referral_id>/begin/<slug:kind>/", carrying.begin_another, name="begin_another"),
    path("r/<uuid:referral_id>/plan/", sending.plan, name="plan"),
    path("r/<uuid:referral_id>/check/", sending.check, name="check"),
    path("r/<uuid:referral_id>/send/", sending.send, name="send"),
    path("r/<uuid:referral_id>/sent/", sending.sent, name="sent"),
    path("r/<uuid:referral_id>/send-now/", adding.send_now, name="send_now"),
    path("r/<uuid:referral_id>/add/", adding.addendum, name="addendum"),
    path("r/<uuid:referral_id>/add/<slug:page>/", adding.page, name="add_page"),
    path("r/<uuid:referral_id>/add/<slug:page>/<uuid:person_id>/", adding.page, name="add_person_page"),
    path("r/<uuid:referral_id>/answer/<uuid:message_id>/", record.answer, name="answer"),
    path("r/<uuid:referral_id>/sharing/bases/", afterwards.bases, name="bases"),
    path("r/<uuid:referral_id>/sharing/record/", afterwards.decisions, name="decisions"),
    path("r/<uuid:referral_id>/telling/", afterwards.telling, name="telling"),
    path("r/<uuid:referral_id>/telling/<slug:about>/", afterwards.told, name="told"),
    path("r/<uuid:referral_id>/agreement/", afterwards.agreement, name="agreement"),
    path("r/<uuid:referral_id>/agreement/<uuid:person_id>/", afterwards.agreement_of, name="agreement_of"),
    path("r/<uuid:referral_id>/handed-over/", record.handed_over, name="handed_over"),
    path("r/<uuid:referral_id>/not-refer/", not_referring.not_refer, name="not_refer"),
    path("r/<uuid:referral_id>/withdraw/", record.withdraw, name="withdraw"),
    path("r/<uuid:referral_id>/close-to-desk/", shielding.close_desk, name="close_desk"),
    path("r/<uuid:referral_id>/keep-out/", shielding.keep_out, name="keep_out"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("r/<uuid:referral_id>/", record.referral, name="referral"),
    path("", include((_pages, "journey"))),
]
