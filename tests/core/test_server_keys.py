"""The secrets of an installation are made once, and read by nobody else."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from minka.core.server_keys import (
    DRAFTS,
    RECEIPTS,
    has_secret,
    make_missing_keys,
    readable_by_others,
    server_secret,
)


@pytest.fixture
def bare(settings, tmp_path):
    """An installation that was never prepared."""
    settings.MINKA_DATA = tmp_path
    settings.MINKA_RECEIPT_SEED = settings.MINKA_DRAFTS_SECRET = ""
    return tmp_path / "keys"


def test_they_are_made_once_for_the_account_of_the_server_alone(bare):
    assert not has_secret(RECEIPTS)
    assert make_missing_keys() == [RECEIPTS, DRAFTS]
    first = server_secret(RECEIPTS)
    assert len(first) == 32
    assert first != server_secret(DRAFTS)
    assert {path.stat().st_mode & 0o777 for path in bare.iterdir()} == {0o600}
    assert make_missing_keys() == []
    assert server_secret(RECEIPTS) == first
    assert readable_by_others() == []


def test_a_file_that_others_may_read_is_named(bare):
    make_missing_keys()
    (bare / "drafts.key").chmod(0o644)
    assert readable_by_others() == [DRAFTS]


def test_a_missing_key_says_what_to_do_and_a_wrong_one_is_refused(bare, settings):
    with pytest.raises(ImproperlyConfigured, match="minka prepare"):
        server_secret(RECEIPTS)
    settings.MINKA_RECEIPT_SEED = "too short"
    with pytest.raises(ImproperlyConfigured, match="32 bytes"):
        server_secret(RECEIPTS)


def test_the_environment_comes_first(bare, settings):
    settings.MINKA_DRAFTS_SECRET = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
    assert make_missing_keys() == [RECEIPTS]
    assert server_secret(DRAFTS) == bytes(range(32))
