"""A key is never made anew in the place of one that drafts are locked with."""

import click
import pytest

from minka.cli.prepare import make_keys
from minka.core.health import checks
from minka.core.server_keys import DRAFTS, RECEIPTS
from minka.innovation.actions.handing_in import submit_proposal
from minka.innovation.models import Proposal
from minka.innovation.models.locked_words import lock
from minka.innovation.queries.server_keys import (
    locked_drafts_open,
    receipts_are_ours,
    secrets_in_use,
)
from tests.factories import ProposalFactory
from tests.innovation.stories import draft_of_member

pytestmark = pytest.mark.django_db
OTHER = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="


@pytest.fixture
def locked_draft():
    draft = ProposalFactory()
    Proposal.objects.filter(pk=draft.pk).update(
        is_sealed=True, title="", summary="", approach="", evidence="", team="",
        requested_usd=None, duration_months=None, trl_now=None, trl_after=None,
        locked=lock({"title": "Vinagre"}, belongs_to=draft.public_id),
    )  # fmt: skip


@pytest.fixture
def signed_receipt():
    draft, author = draft_of_member()
    submit_proposal(by=author, proposal=draft, revision=0)


@pytest.fixture
def restored(settings, tmp_path):
    """The database came back from its back-up, the folder of the keys did not."""

    def restore():
        settings.MINKA_DATA = tmp_path
        settings.MINKA_RECEIPT_SEED = settings.MINKA_DRAFTS_SECRET = ""
        return tmp_path / "keys"

    return restore


def test_a_new_site_gets_its_keys(restored):
    keys = restored()
    make_keys()
    assert {path.name for path in keys.iterdir()} == {"drafts.key", "receipts.key"}
    assert secrets_in_use() == set()


def test_none_is_made_where_a_draft_is_locked_with_the_one_that_is_missing(locked_draft, restored):
    assert secrets_in_use() == {DRAFTS}
    keys = restored()
    with pytest.raises(click.ClickException, match="drafts"):
        make_keys()
    assert not keys.exists()  # not that of receipts either: first those come back that were there


def test_none_is_made_where_a_receipt_is_signed_with_the_one_that_is_missing(
    signed_receipt, restored
):
    assert secrets_in_use() == {RECEIPTS}
    restored()
    with pytest.raises(click.ClickException, match="receipts"):
        make_keys()


def test_the_doctor_tries_the_keys_on_what_they_were_made_for(
    locked_draft, signed_receipt, settings
):
    assert all(found.good for found in (locked_drafts_open(), receipts_are_ours()))
    settings.MINKA_DRAFTS_SECRET = settings.MINKA_RECEIPT_SEED = OTHER
    assert not any(found.good for found in (locked_drafts_open(), receipts_are_ours()))


@pytest.mark.parametrize("damaged", ["", "half a k", "Ñ" * 44])
def test_the_doctor_reads_the_keys(restored, damaged):
    keys = restored()
    make_keys()
    (keys / "drafts.key").write_text(damaged)
    (found,) = [one for one in checks() if one.name == "keys"]
    assert not found.good


def test_a_check_that_fails_in_its_own_way_is_a_finding_and_no_exception():
    class BucketError(Exception):
        """As a storage far away has them."""

    def bucket():
        raise BucketError("NoSuchBucket")

    found = list(checks([bucket]))[-1]
    assert (found.name, found.good, found.seen) == ("bucket", False, "NoSuchBucket")
