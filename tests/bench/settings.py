"""The settings of the browser tests, with the demo loaded and the floor's address added."""

from tests.e2e.settings import *  # noqa: F403 -- settings are a namespace

MINKA_DEMO = True
ROOT_URLCONF = "tests.bench.urls"
