"""Wiring of the whole: settings, URLs, Celery, WSGI, navigation. Nothing of the domain."""

import os

# One thread for each product of numbers (numpy, see ADR 41): they are small, and processes share the cores already.
# Read when numpy is first imported, so it stands before everything else.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from config.celery import app as celery_app

__all__ = ["celery_app"]
