"""Wiring of the whole: settings, URLs, Celery, WSGI, navigation. Nothing of the domain."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
