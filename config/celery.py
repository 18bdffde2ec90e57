"""The Celery application. What it runs, and why nothing is lost when it dies, stands in dispatch/."""

import os

from celery import Celery
from celery.signals import worker_process_init

from config.garbage import look_less

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

app = Celery("safeguarding")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect(dispatch_uid="look_less")
def _look_less(**_: object) -> None:
    """In each process that runs tasks, before its first one."""
    look_less()
