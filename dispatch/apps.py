from celery import current_app
from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DispatchConfig(AppConfig):
    name = "dispatch"
    label = "dispatch"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Find every room's handlers: web processes check a promise's kind, workers keep it."""
        # Celery knows its current application by thread, and a web server has many: this makes it every thread's.
        current_app.set_default()
        autodiscover_modules("handlers")
        # Models can be imported only now.
        from dispatch.rounds import watch_rounds  # noqa: PLC0415

        watch_rounds()
