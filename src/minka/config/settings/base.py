"""What every installation shares. One door to the environment: the functions of `environment`."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from .environment import flag, number, text

PACKAGE = Path(__file__).resolve().parents[2]
MINKA_DATA = Path(text("MINKA_DATA", "var")).resolve()
MINKA_DEMO = flag("MINKA_DEMO", default=False)
MINKA_CLUSTER_NAME = text("MINKA_CLUSTER_NAME", "Minka")
MINKA_BASE_URL = text("MINKA_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
MINKA_OPEN_DATA_LICENCE = text(  # its name, then its address
    "MINKA_OPEN_DATA_LICENCE", "CC BY 4.0 https://creativecommons.org/licenses/by/4.0/"
)
MINKA_MAIL_DOMAIN = urlsplit(MINKA_BASE_URL).hostname
# 32 bytes in base 64 each; by default they lie in MINKA_DATA/keys, where `minka prepare` makes them
MINKA_RECEIPT_SEED = text("MINKA_RECEIPT_SEED", "")
MINKA_DRAFTS_SECRET = text("MINKA_DRAFTS_SECRET", "")
# what one US dollar costs, such as "PEN=3.75,CLP=940": the rate of lines that state none
MINKA_USD_RATES = text("MINKA_USD_RATES", "")
MINKA_UPLOAD_MAX_BYTES = number("MINKA_UPLOAD_MAX_BYTES", 50 * 1024 * 1024)

INSTALLED_APPS = [
    "minka.portal",
    "minka.innovation",
    "minka.knowledge",
    "minka.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",  # the list of passkeys says when each was used
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "template_partials",
    "django_tasks",
    "django_tasks_db",
    "rules.apps.AutodiscoverRulesConfig",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "minka.core.middleware.PageCompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "minka.core.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "minka.core.middleware.PrivatePagesMiddleware",
    "minka.core.middleware.ViewerTimeZoneMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "minka.core.middleware.SignInMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "minka.core.middleware.DomainErrorMiddleware",
]

ROOT_URLCONF = "minka.config.urls"
WSGI_APPLICATION = "minka.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "minka.core.branding.cluster",
                "minka.core.context.navigation",
            ],
            "builtins": ["minka.core.templatetags.minka"],
        },
    },
]
FORM_RENDERER = "minka.core.renderers.MinkaFormRenderer"

# People
AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:work"
ACCOUNT_ADAPTER = "minka.core.accounts.AccountAdapter"
ACCOUNT_FORMS = {"signup": "minka.core.forms.SignupForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "portal:home"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "20/m/ip",
    "reset_password": "20/m/ip,5/m/key",
    "confirm_email": "1/m/key",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = MINKA_CLUSTER_NAME
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_ADAPTER = "minka.core.accounts.SocialAccountAdapter"
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if text("MINKA_OIDC_SERVER", ""):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "oidc",
                "name": text("MINKA_OIDC_NAME", "OpenID Connect"),
                "client_id": text("MINKA_OIDC_CLIENT_ID"),
                "secret": text("MINKA_OIDC_SECRET"),
                "settings": {"server_url": text("MINKA_OIDC_SERVER")},
            }
        ]
    }
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "minka.core.web.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Language, time
LANGUAGE_CODE = "es"
LANGUAGES = [("es", _("Spanish")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "minka_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
TIME_ZONE = text("MINKA_TIME_ZONE", "America/Lima")
USE_TZ = True

# Database
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Caches: one counts how often somebody tried, the other keeps what was worked out. When one is
# full, a third of it goes: lock-outs must not go because many pages were looked at.
CACHES: dict[str, dict[str, Any]] = {
    name: {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": f"minka_{name}",
        "OPTIONS": {"MAX_ENTRIES": entries},
    }
    for name, entries in (("default", 100_000), ("pages", 2_000))
}

# Jobs and messages
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
DEFAULT_FROM_EMAIL = text("MINKA_FROM_EMAIL", "minka@localhost")
EMAIL_TIMEOUT = 20

# Files
STATIC_URL = "static/"
STATIC_ROOT = MINKA_DATA / "static"
STATICFILES_DIRS = [("minka", PACKAGE / "static" / "minka")]
WHITENOISE_IMMUTABLE_FILE_TEST = r"(/minka/assets/[^/]+-[\w-]{8}|\.[0-9a-f]{12})\.\w+$"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": MINKA_DATA / "files"},
    },
    "staticfiles": {"BACKEND": "minka.core.static.MinkaStaticStorage"},
}
if text("MINKA_S3_BUCKET", ""):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": text("MINKA_S3_BUCKET"),
            "endpoint_url": text("MINKA_S3_ENDPOINT", "") or None,
            "access_key": text("MINKA_S3_ACCESS_KEY"),
            "secret_key": text("MINKA_S3_SECRET_KEY"),
            "default_acl": "private",
            "querystring_auth": True,
        },
    }
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "minka.core.uploads.WeighingHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# What a page may load: our own files, nothing else
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
    },
}
# Who may show the map of `/mapa/incrustado/` in their own pages: anybody, unless sites are named
MINKA_EMBED_ANCESTORS = text("MINKA_EMBED_ANCESTORS", "*").split()
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": text("MINKA_LOG_LEVEL", "WARNING")},
}
