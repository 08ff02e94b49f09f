"""A receipt proves what was handed in, by whom and exactly when."""

import hashlib
import json
import re
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from minka.core.ledger import verify_ledger
from minka.core.models import LedgerEntry
from minka.innovation.actions.handing_in import submit_proposal
from minka.innovation.actions.proposals import reopen_proposal
from tests.factories import StoredFileFactory, UserFactory
from tests.innovation.stories import draft_of_member, member_of, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def handed_in():
    draft, author = draft_of_member()
    draft.attachments.create(file=StoredFileFactory(name="ensayo.txt", uploaded_by=author))
    return submit_proposal(by=author, proposal=draft, revision=0), author


def test_its_number_can_be_read_out_and_tells_nothing(handed_in):
    assert re.fullmatch(r"R-\d{4}-[2-9A-HJ-NP-Z]{6}", handed_in[0].number)


def test_it_points_to_the_ledger_entry_that_holds_its_fingerprint(handed_in):
    receipt, author = handed_in
    entry = LedgerEntry.objects.get(position=receipt.ledger_position)
    assert (entry.verb, entry.by, entry.subject_id) == (
        "innovation.proposal_submit",
        author,
        str(receipt.proposal.public_id),
    )
    assert entry.details["content_sha256"] == receipt.content_sha256
    assert entry.details["receipt"] == receipt.number
    assert verify_ledger().whole


def test_its_parts_are_the_text_and_every_file_with_their_hashes(handed_in):
    receipt, _author = handed_in
    text, file = receipt.parts
    assert (file["name"], file["size_bytes"], file["sha256"]) == (
        "ensayo.txt",
        19,
        hashlib.sha256(b"contenido de prueba").hexdigest(),
    )
    canonical = json.dumps(receipt.parts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert receipt.content_sha256 == hashlib.sha256(canonical.encode()).hexdigest()
    assert text["name"] == "proposal.json"


def test_the_text_can_be_downloaded_and_has_the_hash_of_its_part(handed_in, client):
    receipt, author = handed_in
    client.force_login(author)
    answer = client.get(reverse("innovation:receipt_text", args=[receipt.number]))
    assert hashlib.sha256(answer.content).hexdigest() == receipt.parts[0]["sha256"]
    assert answer.json()["title"] == receipt.proposal.title


@pytest.mark.parametrize(("language", "word"), [("es", "Constancia"), ("en", "Receipt")])
def test_its_page_says_who_what_when_and_how_to_check(handed_in, client, language, word):
    receipt, author = handed_in
    client.force_login(author)
    page = client.get(reverse("innovation:receipt", args=[receipt.number]), {"lang": language})
    text = page.content.decode()
    exactly = receipt.received_at.astimezone(ZoneInfo("America/Lima")).isoformat()
    assert exactly.endswith("-05:00")
    for wanted in [
        word,
        receipt.number,
        exactly,
        author.full_name,
        receipt.proposal.lead.name,
        receipt.content_sha256,
        receipt.parts[1]["sha256"],
        "ensayo.txt",
    ]:
        assert wanted in text


def test_a_receipt_of_a_reopened_proposal_says_that_it_no_longer_counts(handed_in, client):
    receipt, author = handed_in
    reopen_proposal(by=author, proposal=receipt.proposal)
    client.force_login(author)
    page = client.get(reverse("innovation:receipt", args=[receipt.number]), {"lang": "en"})
    assert b"no longer counts" in page.content


def test_colleagues_read_it_and_nobody_else_does(handed_in, client):
    receipt, _author = handed_in
    address = reverse("innovation:receipt", args=[receipt.number])
    expected = {member_of(receipt.proposal.lead): 200, UserFactory(): 404, staff(): 404}
    for person, status in expected.items():
        client.force_login(person)
        assert client.get(address).status_code == status
        assert (
            client.get(reverse("innovation:receipt_text", args=[receipt.number])).status_code
            == status
        )
