"""The page of components; the project mounts it only where settings.SHOW_COMPONENTS is on."""

from django.urls import path

from govuk.views import components

urlpatterns = [path("", components, name="components")]
