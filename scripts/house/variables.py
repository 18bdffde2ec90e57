"""The environment's variables for each process (config/environment.py says what each means)."""

import os

from house.services import OWNER, WEB, WORKER, Services


def _common(services: Services, settings: str, port: int) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": settings,
        "SECRET_KEY": services.state.secret("signing_key", 48),
        "ENCRYPTION_KEYS": services.state.secret("encryption_key"),
        "SITE_ADDRESS": f"http://localhost:{port}",
        "REDIS_URL": os.environ.get("REDIS_URL") or services.redis_url,
        "MAIL_FOLDER": str(services.state.folder / "mail"),
        "PYTHONUNBUFFERED": "1",
    }


def demo_variables(services: Services, *, port: int, url: str) -> dict[str, str]:
    """Variables of one process of `./run`; `url` is the database as the role that the process has."""
    return {**os.environ, **_common(services, "config.settings.demo", port), "DATABASE_URL": url}


def test_variables(services: Services) -> dict[str, str]:
    """Variables of a test run: it signs in as the owner, who in the test cluster may take the other roles' places."""
    return {
        **_common(services, "config.settings.test", 8000),
        "REDIS_URL": services.redis_url,
        "DATABASE_URL": services.url(OWNER, "postgres"),
        "TEST_WEB_PASSWORD": services.state.secret(WEB),
        "TEST_WORKER_PASSWORD": services.state.secret(WORKER),
        "TEST_STATE": str(services.state.folder),
    }
