"""Production. Every variable a deployer sets is named in docs/operate/settings.md."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403 -- settings are a namespace
from .environment import database, flag, number, text

_required = {
    "MINKA_SECRET_KEY": "a long random text; it signs sessions and links",
    "MINKA_HOSTS": "the names this site answers to, with commas between them",
    "MINKA_DATABASE_URL": "postgres://user:password@host/name",
    "MINKA_DATA": "a folder that is kept and backed up",
    "MINKA_FROM_EMAIL": "the address that messages come from",
    "MINKA_SMTP_HOST": "the server that sends mail",
}
_missing = [f"  {name}: {why}" for name, why in _required.items() if not text(name, "")]
if _missing:
    raise ImproperlyConfigured(
        "Minka cannot start in production. These variables are not set:\n" + "\n".join(_missing)
    )

DEBUG = False
SECRET_KEY = text("MINKA_SECRET_KEY")
if len(SECRET_KEY) < 32:
    raise ImproperlyConfigured("MINKA_SECRET_KEY is too short: use 32 characters or more.")
ALLOWED_HOSTS = [host.strip() for host in text("MINKA_HOSTS").split(",")]
MINKA_BASE_URL = text("MINKA_BASE_URL", f"https://{ALLOWED_HOSTS[0]}").rstrip("/")
MINKA_MAIL_DOMAIN = urlsplit(MINKA_BASE_URL).hostname
# how many proxies of your own stand in front: without it every visitor has the proxy's address
ALLAUTH_TRUSTED_PROXY_COUNT = number("MINKA_TRUSTED_PROXIES", 1)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
DATABASES = {"default": database(text("MINKA_DATABASE_URL"))}
for _cache, _table in (("default", "minka_cache"), ("pages", "minka_pages")):
    CACHES[_cache] |= {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": _table,
    }

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = text("MINKA_SMTP_HOST")
EMAIL_PORT = number("MINKA_SMTP_PORT", 587)
EMAIL_HOST_USER = text("MINKA_SMTP_USER", "")
EMAIL_HOST_PASSWORD = text("MINKA_SMTP_PASSWORD", "")
EMAIL_USE_TLS = flag("MINKA_SMTP_TLS", default=True)

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = flag("MINKA_HTTPS", default=True)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT
LANGUAGE_COOKIE_SECURE = SECURE_SSL_REDIRECT
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_SSL_REDIRECT else 0  # one year
