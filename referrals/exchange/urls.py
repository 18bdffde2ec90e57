"""The interface for other systems, and the manager's page of connections."""

from django.urls import path

from referrals.exchange.views import api, keeping, mailing

app_name = "exchange"

urlpatterns = [
    path("api/v1/events/", api.events, name="events"),
    path("api/v1/events/<uuid:key>/", api.event, name="event"),
    path("api/v1/events/<uuid:key>/acknowledge/", api.acknowledge, name="acknowledge"),
    path("connections/", keeping.connections, name="connections"),
    path("connections/<uuid:team_id>/", keeping.team, name="team"),
    path("connections/<uuid:team_id>/webhook/", keeping.set_webhook, name="set_webhook"),
    path("connections/<uuid:team_id>/webhook/renew/", keeping.renew_secret, name="renew_secret"),
    path("connections/<uuid:team_id>/webhook/secret/", keeping.secret, name="secret"),
    path("connections/<uuid:team_id>/webhook/end-earlier/", keeping.drop_secret, name="drop_secret"),
    path("connections/<uuid:team_id>/webhook/stop/", keeping.stop_webhook, name="stop_webhook"),
    path("connections/<uuid:team_id>/mailbox/", mailing.set_mailbox, name="set_mailbox"),
    path("connections/<uuid:team_id>/mailbox/renew/", mailing.renew_password, name="renew_password"),
    path("connections/<uuid:team_id>/mailbox/password/", mailing.password, name="password"),
    path("connections/<uuid:team_id>/mailbox/stop/", mailing.stop_mailbox, name="stop_mailbox"),
    path("connections/<uuid:team_id>/tokens/", keeping.make_token, name="make_token"),
    path("connections/<uuid:team_id>/tokens/<uuid:token_id>/revoke/", keeping.revoke_token, name="revoke_token"),
]
