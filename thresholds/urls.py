"""The numbers, for everybody; the packs as reference, for people who are signed in."""

from django.urls import include, path

from thresholds import views

urlpatterns = [
    path("numbers/", views.numbers, name="numbers"),
    path(
        "thresholds/",
        include(
            (
                [
                    path("", views.packs, name="packs"),
                    path("<slug:area>/", views.pack, name="pack"),
                    path("<slug:area>/versions/<int:version_id>/", views.version, name="version"),
                ],
                "thresholds",
            )
        ),
    ),
]
