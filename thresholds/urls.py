"""The numbers, for everybody; the packs as reference, for people who are signed in; drafts, for their keeper."""

from django.urls import include, path, register_converter

from thresholds import views
from thresholds.spreadsheets import FORMATS


class FormatConverter:
    """The code of a format."""

    regex = "|".join(FORMATS)

    def to_python(self, value: str) -> str:
        """The code itself."""
        return value

    def to_url(self, value: str) -> str:
        """The code itself."""
        return value


register_converter(FormatConverter, "format")

keeping = [
    path("", views.keep, name="keep"),
    path("compare/", views.compare, name="compare"),
    path("versions/<int:version_id>/<format:code>/", views.download_version, name="download_version"),
    path("drafts/<uuid:draft_id>/", views.draft, name="draft"),
    path("drafts/<uuid:draft_id>/preview/", views.preview, name="preview"),
    path("drafts/<uuid:draft_id>/publish/", views.publish, name="publish"),
    path("drafts/<uuid:draft_id>/publish/<str:start>/", views.publish_from, name="publish_from"),
    path("drafts/<uuid:draft_id>/discard/", views.discard, name="discard"),
    path("drafts/<uuid:draft_id>/<format:code>/", views.download_draft, name="download_draft"),
]

urlpatterns = [
    path("numbers/", views.numbers, name="numbers"),
    path(
        "thresholds/",
        include(
            (
                [
                    path("", views.packs, name="packs"),
                    path("keep/", include(keeping)),
                    path("<slug:area>/", views.pack, name="pack"),
                    path("<slug:area>/versions/<int:version_id>/", views.version, name="version"),
                ],
                "thresholds",
            )
        ),
    ),
]
