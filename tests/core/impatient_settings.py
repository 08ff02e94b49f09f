"""The settings of the browser tests, with a database in a file that nobody waits for."""

from tests.e2e.settings import *  # noqa: F403 -- settings are a namespace

DATABASES["default"]["OPTIONS"]["timeout"] = 0.2  # noqa: F405 -- one of those settings
