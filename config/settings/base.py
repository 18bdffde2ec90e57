"""Settings that every environment shares. What differs stands in demo.py, test.py and production.py."""

from datetime import timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO

from config.environment import environment_or_exit
from config.logs import logging_settings
from config.settings.accounts import *  # noqa: F403
from referrals.casework.domain.drafts import Times

ROOT = Path(__file__).resolve().parents[2]
ENV = environment_or_exit()

SECRET_KEY = ENV.secret_key.get_secret_value()
ENCRYPTION_KEYS = [key.get_secret_value() for key in ENV.encryption_keys]
SITE_ADDRESS = ENV.site_address
ALLOWED_HOSTS = ENV.allowed_hosts
CSRF_TRUSTED_ORIGINS = [ENV.site_address]
DEBUG = False

# Set by demo.py: the banner that says it reaches nobody, demo data, second-factor codes by command.
DEMO = False
# Set by demo.py and test.py: the page that shows each component of the template pack.
SHOW_COMPONENTS = False

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "crispy_forms",
    "django_structlog",
    "govuk",
    "audit",
    "accounts",
    "dispatch",
    "thresholds",
    "consent",
    "referrals.places",
    "referrals.record",
    "referrals.documents",
    "referrals.routing",
    "referrals.casework",
    "referrals.journey",
    "referrals.review",
    "referrals.triage",
    "referrals.exchange",
    "referrals.oversight",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # After CSRF's check: an expired session's POST is held only if it was ours.
    "accounts.middleware.SessionLimits",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    # Everything asks for a sign-in unless a view says otherwise.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.ActorOnRequest",
    "accounts.middleware.SecondFactorRequired",
    "accounts.pages_of_agencies.SameAgency",
    "config.errors.MethodNotAllowedPage",
    # Innermost: a refusal becomes a page and an audit row, after whatever it broke off was rolled back.
    "audit.middleware.RecordRefusals",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.navigation.page_furniture",
                "config.way_back.page_of_refusal",
            ],
            # The pack's tags, those that translate, what each form carries and what is said of days, in every template:
            # none can forget to load them.
            "builtins": [
                "govuk.templatetags.govuk_tags",
                "django.templatetags.i18n",
                "accounts.templatetags.page_tags",
                "thresholds.templatetags.day_tags",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["govuk"]
CRISPY_TEMPLATE_PACK = "govuk"
CRISPY_FAIL_SILENTLY = False

# PostgreSQL only (docs/adr/0001). Actions own their transactions, so requests have none of their own.
DATABASES = {
    "default": {
        **dj_database_url.parse(ENV.database_url, conn_max_age=300, conn_health_checks=True),
        "ATOMIC_REQUESTS": False,
        "TEST": {"NAME": None},
    }
}
DATABASES["default"].setdefault("OPTIONS", {})

# Sign-in throttles live here; in the database, so that they outlast the broker. Django throws a third of what counts
# out once there are 300: somebody who tries many addresses would wipe out the counts of those who are attacked.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "config_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "full_name"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"

# Sessions live in the database, longer than anybody may stay signed in: accounts.middleware.SessionLimits
# ends them by IDLE_LIMIT and SESSION_LIMIT, and still knows whose an expired POST was.
SESSION_ENGINE = "accounts.session_store"
SESSION_COOKIE_AGE = int(timedelta(hours=36).total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
IDLE_LIMIT = timedelta(minutes=ENV.idle_minutes)
SESSION_LIMIT = timedelta(hours=ENV.session_hours)
HELD_FORM_LIFETIME = timedelta(minutes=30)

# English in all that is kept or sent; a person may read the pages in another language (docs/languages.md).
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), *((code, LANG_INFO[code]["name_local"]) for code in ENV.other_languages)]
LANGUAGE_COOKIE_AGE = int(timedelta(days=365).total_seconds())
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "staticfiles"
STATICFILES_DIRS = [ROOT / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

EMAIL_BACKEND = "dispatch.mail_files.EmailBackend" if ENV.mail_folder else "django.core.mail.backends.smtp.EmailBackend"
EMAIL_FILE_PATH = str(ENV.mail_folder) if ENV.mail_folder else None
EMAIL_HOST = ENV.smtp_host
EMAIL_PORT = ENV.smtp_port
EMAIL_HOST_USER = ENV.smtp_user
EMAIL_HOST_PASSWORD = ENV.smtp_password.get_secret_value()
EMAIL_USE_TLS = True
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = ENV.mail_from

# The outbox row and its sweep are the guarantee; the broker only wakes a worker (docs/adr/0003).
CELERY_BROKER_URL = ENV.redis_url
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# In kilobytes. Drawing copies takes a child to 200 to 300 MB, and no further over hundreds of them
# (docs/reference/benchmarks.md): one that holds far more is replaced between two tasks.
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 700_000
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_SOFT_TIME_LIMIT = 100
CELERY_TASK_DEFAULT_QUEUE = "routine"
CELERY_TASK_CREATE_MISSING_QUEUES = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# However long the broker is away: a worker that gave up would need a person.
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "queue_order_strategy": "priority",
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_TIMEZONE = "Europe/London"
CELERY_BEAT_SCHEDULE = {
    "sweep the outbox": {
        "task": "dispatch.sweep",
        "schedule": 10.0,
        "options": {"queue": "watch", "expires": 10},
    },
    "tell operators of work that waits for them": {
        "task": "dispatch.tell_operators",
        "schedule": 60.0,
        "options": {"queue": "watch", "expires": 60},
    },
    "raise the alarm for what nobody opens": {
        "task": "routing.raise_alarms",
        "schedule": 60.0,
        "options": {"queue": "watch", "expires": 60},
    },
    "watch what waits for approval": {
        "task": "casework.watch_approvals",
        "schedule": 60.0,
        "options": {"queue": "watch", "expires": 60},
    },
    "tell of times that are close or over": {
        "task": "casework.watch_clocks",
        "schedule": 60.0,
        "options": {"queue": "watch", "expires": 60},
    },
    "watch drafts that nobody sends": {
        "task": "casework.watch_drafts",
        "schedule": 300.0,
        "options": {"queue": "watch", "expires": 300},
    },
    "seal the audit record": {"task": "audit.seal", "schedule": 30.0, "options": {"expires": 30}},
    "discard held forms": {
        "task": "accounts.discard_expired",
        "schedule": 300.0,
        "options": {"expires": 300},
    },
}

# Files of people: read by `referrals.journey.uploads` first, which keeps what is too large from filling the disk.
FILE_UPLOAD_HANDLERS = [
    "referrals.journey.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
VIRUS_SCANNER = ENV.virus_scanner

METRICS_TOKEN = ENV.metrics_token.get_secret_value()
# The system's own limit, where a partnership states none.
UNREAD_ALARM = timedelta(minutes=ENV.unread_alarm_minutes)
DRAFT_TIMES = Times(
    alert=timedelta(hours=ENV.draft_alert_hours),
    remind=timedelta(days=ENV.draft_remind_days),
    keep=timedelta(days=ENV.draft_keep_days),
    warn=timedelta(days=ENV.draft_warn_days),
)

# Whose device asked is personal data, and no fault was ever found by it.
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = logging_settings(ENV.log_level)
