"""The settings of the browser tests, with the floor's address and without the demo."""

from tests.e2e.settings import *  # noqa: F403 -- settings are a namespace

ROOT_URLCONF = "tests.bench.urls"
