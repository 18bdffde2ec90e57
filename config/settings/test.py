"""Tests: a real PostgreSQL and Redis (started by `./test`), cheap password hashing, the web role's rights."""

import os

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES
from config.settings.base import STORAGES as BASE_STORAGES

SHOW_COMPONENTS = True
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **BASE_STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Looked for at each request: a fresh clone has gathered no static files, and needs none to be tested.
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# One server, several runs side by side: each names its own database.
DATABASES["default"]["TEST"] = {"NAME": os.environ.get("TEST_DB_NAME", "test_referrals")}
