"""Every address of the system, room by room. tests/authorisation/ lists each with who may open it."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from config import errors, health, home, metrics

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    # Keeps the language of the pages in a cookie and leads back to the page; on sign-in pages too.
    path("language/", login_not_required(require_POST(set_language)), name="set_language"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("", include("accounts.urls")),
    path("", include("thresholds.urls")),
    path("audit/", include("audit.urls")),
    path("operations/", include("dispatch.urls")),
    path("r/", include("referrals.documents.urls")),
    path("blank-form/", include("referrals.documents.blank_urls")),
    path("", include("referrals.journey.urls")),
    path("desk/", include("referrals.review.urls")),
    path("queue/", include("referrals.triage.urls")),
    path("", include("referrals.exchange.urls")),
    path("oversight/", include("referrals.oversight.urls")),
]

if settings.SHOW_COMPONENTS:
    urlpatterns.append(path("components/", include("govuk.urls")))

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
