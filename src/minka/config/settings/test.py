"""Tests: the same house, quick passwords, mail in memory, files in a temporary folder."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403 -- settings are a namespace
from .environment import database, text

SECRET_KEY = "only for tests"
ALLOWED_HOSTS = ["*"]
MINKA_DATA = Path(tempfile.mkdtemp(prefix="minka-test-"))
(MINKA_DATA / "static").mkdir()
DATABASES = {
    "default": database(text("MINKA_DATABASE_URL", f"sqlite:///{MINKA_DATA / 'test.sqlite3'}"))
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # a real file, as in life: the in-memory database locks whole tables against other threads
    DATABASES["default"]["TEST"] = {"NAME": MINKA_DATA / "tests.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
for _cache in CACHES.values():
    _cache["LOCATION"] = ""  # a test that clears one clears both
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["default"]["OPTIONS"] = {"location": MINKA_DATA / "files"}
STATIC_ROOT = MINKA_DATA / "static"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
ACCOUNT_RATE_LIMITS = False
MINKA_RECEIPT_SEED = "cmVjZWlwdHMgb2YgdGhlIHRlc3RzIGFyZSBzaWduZWQ="  # known, so it protects nothing
MINKA_DRAFTS_SECRET = "ZHJhZnRzIG9mIHRoZSB0ZXN0cyBhcmUgbG9ja2VkISE="
