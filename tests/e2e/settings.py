"""The settings that `minka run` has, with a mail server of the test's own and quick passwords."""

import os

from minka.config.settings.dev import *  # noqa: F403 -- settings are a namespace, and these are settings
from tests.services.sqlite import QUICK, unconfirmed

SECRET_KEY = "only for tests"  # that of settings.test: a session made by the test is valid here
MINKA_RECEIPT_SEED = "cmVjZWlwdHMgb2YgdGhlIHRlc3RzIGFyZSBzaWduZWQ="  # and so is what the test signs
MINKA_DRAFTS_SECRET = "ZHJhZnRzIG9mIHRoZSB0ZXN0cyBhcmUgbG9ja2VkISE="
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = int(os.environ.get("MINKA_TEST_SMTP_PORT", "0"))
STATIC_ROOT = os.environ["MINKA_TEST_STATIC"]
MINKA_DEMO = False
if os.environ.get(QUICK):
    DATABASES = {"default": unconfirmed(DATABASES["default"])}  # noqa: F405 -- one of those settings
