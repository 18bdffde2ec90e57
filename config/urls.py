"""Every address of the system, room by room. tests/authorisation/ lists each with who may open it."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from config import errors, health, home, metrics

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
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
