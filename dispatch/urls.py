"""The operators' pages."""

from django.urls import path

from dispatch import views

app_name = "dispatch"

urlpatterns = [
    path("", views.operations, name="operations"),
    path("<uuid:row_id>/", views.row, name="row"),
    path("<uuid:row_id>/retry/", views.retry, name="retry"),
    path("<uuid:row_id>/another-way/", views.another_way, name="another_way"),
    path("<uuid:row_id>/set-aside/", views.set_aside, name="set_aside"),
]
