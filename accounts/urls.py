"""Addresses of signing in, of one's account and of an agency's people.

allauth's own names are kept, because its code looks them up; what we don't use of it (sign-up, e-mail addresses,
passkeys) has no address.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts import views

_signed_in: list[URLPattern] = [
    path("people/", views.people, name="people"),
    path("people/<uuid:person_id>/", views.person, name="person"),
    path("people/roles/<uuid:membership_id>/end/", views.end_membership, name="end_membership"),
    path("people/roles/<uuid:membership_id>/change/", views.change_role, name="change_role"),
    path("people/<uuid:person_id>/roles/<uuid:agency_id>/", views.give_role, name="give_role"),
    path("account/agency/", views.choose_agency, name="choose_agency"),
    path("held/<uuid:held_id>/", views.held, name="held"),
    path("held/<uuid:held_id>/discard/", views.discard_held, name="discard_held"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-in/code/", never_cache(mfa.authenticate), name="mfa_authenticate"),
    path("sign-in/closed/", account.account_inactive, name="account_inactive"),
    # An expired session signs out too, instead of asking for a sign-in first.
    path("sign-out/", login_not_required(require_POST(account.logout)), name="account_logout"),
    path("account/", views.account, name="account"),
    path("account/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("account/confirm/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/second-factor/", mfa.index, name="mfa_index"),
    path("account/second-factor/set-up/", never_cache(totp.activate_totp), name="mfa_activate_totp"),
    path("account/second-factor/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/recovery-codes/", never_cache(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("password/", account.password_reset, name="account_reset_password"),
    path("password/sent/", account.password_reset_done, name="account_reset_password_done"),
    path("password/set/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/set/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("", include((_signed_in, "accounts"))),
]
