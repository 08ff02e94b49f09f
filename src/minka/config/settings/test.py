"""Tests: the same house, quick passwords, mail in memory, files in a temporary folder."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403 -- settings are a namespace
from .environment import database, text

SECRET_KEY = "only for tests"
ALLOWED_HOSTS = ["*"]
MINKA_DATA = Path(tempfile.mkdtemp(prefix="minka-test-"))
DATABASES = {
    "default": database(text("MINKA_DATABASE_URL", f"sqlite:///{MINKA_DATA / 'test.sqlite3'}"))
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["default"]["OPTIONS"] = {"location": MINKA_DATA / "files"}
STATIC_ROOT = MINKA_DATA / "static"
ACCOUNT_RATE_LIMITS = False
