"""Production refuses to start half-configured and says what is missing."""

import os
import subprocess
import sys

import pytest

COMPLETE = {
    "MINKA_SECRET_KEY": "k" * 40,
    "MINKA_HOSTS": "minka.example",
    "MINKA_DATABASE_URL": "postgres://minka:x@localhost/minka",
    "MINKA_DATA": "/tmp",
    "MINKA_FROM_EMAIL": "minka@minka.example",
    "MINKA_SMTP_HOST": "localhost",
}


def start(**variables):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MINKA_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-c", "import minka.config.settings.prod"],
        env=kept | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_complete_environment_starts():
    assert start(**COMPLETE).returncode == 0


@pytest.mark.parametrize("missing", sorted(set(COMPLETE) - {"MINKA_DATA"}))
def test_each_missing_variable_is_named(missing):
    partial = {k: v for k, v in COMPLETE.items() if k != missing}
    result = start(**partial)
    assert result.returncode != 0
    assert missing in result.stderr
    assert "cannot start in production" in result.stderr


def test_all_that_is_missing_is_said_at_once():
    result = start()
    assert all(name in result.stderr for name in COMPLETE)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("MINKA_SECRET_KEY", "short", "too short"),
        ("MINKA_SMTP_TLS", "maybe", "yes or no"),
        ("MINKA_SMTP_PORT", "many", "whole number"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused(name, value, words):
    result = start(**COMPLETE | {name: value})
    assert result.returncode != 0
    assert words in result.stderr


def test_what_counts_attempts_is_large_and_holds_no_pages():
    asked = (
        "from minka.config.settings.prod import CACHES as c;"
        "d, p = c['default'], c['pages'];"
        "assert d['LOCATION'] != p['LOCATION'] and d['OPTIONS']['MAX_ENTRIES'] >= 100_000, c"
    )
    done = subprocess.run([sys.executable, "-c", asked], env=os.environ | COMPLETE, check=False)
    assert done.returncode == 0
