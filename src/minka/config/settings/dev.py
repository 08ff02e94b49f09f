"""One machine, one command: SQLite, mail on the console, a key of its own."""

import secrets

from .base import *  # noqa: F403 -- settings are a namespace
from .environment import database, sqlite_url, text

DEBUG = text("MINKA_DEBUG", "") == "1"
MINKA_DEMO = True
MINKA_CLUSTER_NAME = text("MINKA_CLUSTER_NAME", "Clúster Minero Demostración del Sur")
MFA_TOTP_ISSUER = MINKA_CLUSTER_NAME
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
MINKA_DATA.mkdir(parents=True, exist_ok=True)
_key_file = MINKA_DATA / "secret_key"
if not _key_file.exists():
    _key_file.write_text(secrets.token_urlsafe(50))
    _key_file.chmod(0o600)
SECRET_KEY = _key_file.read_text()
DATABASES = {"default": database(text("MINKA_DATABASE_URL", sqlite_url(MINKA_DATA)))}
EMAIL_BACKEND = text("MINKA_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
