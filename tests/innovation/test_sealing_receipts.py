"""What a supplier sees of a sealed call: who keeps it sealed, and a receipt that names every part."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import override

from minka.core.models import LedgerEntry, Notice
from minka.innovation.actions.attachments import attach_file
from minka.innovation.actions.deadlines import grant_more_time
from minka.innovation.actions.envelopes import mark_attachment
from minka.innovation.actions.handing_in import submit_proposal
from minka.innovation.models import Receipt
from minka.innovation.queries.custody import keepers_in_public
from minka.innovation.sources.receipt_words import receipt_document
from minka.methods.sealing.keys import fingerprint
from tests.innovation.sealing_stories import (
    after_closing,
    call_in_preparation,
    quick_passphrases,
    sealed_call,
    sealed_draft,
)
from tests.innovation.test_sealing_envelopes import evaluated

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    quick_passphrases(monkeypatch)


@pytest.mark.parametrize("language", ["es", "en"])
def test_anybody_reads_which_organisations_keep_a_call_sealed_and_nobody_which_people(
    client, language
):
    held = sealed_call()
    draft, _team = call_in_preparation()
    key = held.challenge.key
    address = reverse("innovation:challenge", args=[held.challenge.slug])
    page = client.get(address, {"lang": language}).content.decode()
    assert fingerprint(bytes.fromhex(key.public_key)) in page
    for one in key.holders():
        assert escape(one.organisation.name) in page
        assert escape(one.user.get_full_name()) not in page and one.user.email not in page
    assert keepers_in_public(challenge=draft) is None


def test_the_receipt_of_two_envelopes_names_each_part_for_what_it_is(client):
    held = sealed_call(envelopes="two")
    draft, author = sealed_draft(held)
    for name in ("plano.pdf", "oferta.pdf"):
        upload = SimpleUploadedFile(name, b"%PDF-1.4 " + name.encode())
        file = attach_file(by=author, proposal=draft, upload=upload)
    mark_attachment(by=author, attachment=file, is_economic=True)
    receipt = submit_proposal(by=author, proposal=draft, revision=draft.revision)
    client.force_login(author)
    page = client.get(reverse("innovation:receipt", args=[receipt.number]), {"lang": "en"})
    rows = re.findall(r'<th scope="row">(.*?)(?: <a|</th>)', page.content.decode())
    assert rows == [
        "Text of the proposal",
        "Economic text of the proposal",
        "File 1",
        "Economic file 2",
        "The whole",
    ]
    with override("en"):
        printed = receipt_document(Receipt.objects.get())["parts"]
    assert [one[0] for one in printed] == rows[:-1]
    entry = LedgerEntry.objects.get(position=receipt.ledger_position)
    assert entry.entry_hash in page.content.decode()


def test_the_page_of_a_receipt_says_when_its_row_is_not_what_was_signed(client):
    held = sealed_call()
    draft, author = sealed_draft(held)
    receipt = submit_proposal(by=author, proposal=draft, revision=draft.revision)
    client.force_login(author)
    address = reverse("innovation:receipt", args=[receipt.number])
    words = "This receipt is not as it was signed"
    assert words not in client.get(address, {"lang": "en"}).content.decode()
    Receipt.objects.update(deadline_at=receipt.deadline_at + timedelta(days=1))
    assert words in client.get(address, {"lang": "en"}).content.decode()


def test_the_page_of_a_receipt_quotes_the_exception_that_it_rests_on(client):
    held = sealed_call()
    draft, author = sealed_draft(held)
    grant_more_time(
        by=held.team,
        challenge=held.challenge,
        lead=draft.lead,
        until=held.challenge.call.closes_at + timedelta(days=2),
        reason="Se cayó la conexión del proveedor en toda la región.",
        authorised_by="Gerencia del clúster",
    )
    receipt = submit_proposal(by=author, proposal=draft, revision=draft.revision)
    client.force_login(author)
    page = client.get(reverse("innovation:receipt", args=[receipt.number])).content.decode()
    assert "Se cayó la conexión" in page and "Gerencia del clúster" in page


@pytest.mark.parametrize("envelopes", ["one", "two"])
def test_whoever_handed_in_what_does_not_open_is_told_why_and_nobody_else(
    client, monkeypatch, envelopes
):
    held = sealed_call(envelopes=envelopes)
    draft, author = sealed_draft(held)
    receipt = submit_proposal(by=author, proposal=draft, revision=draft.revision)
    part = receipt.sealed_parts.get(name="economic" if envelopes == "two" else "proposal")
    whole, other = sealed_draft(held)
    submit_proposal(by=other, proposal=whole, revision=whole.revision)
    path = Path(part.file.content.path)
    path.write_bytes(path.read_bytes()[:-1])
    after_closing(monkeypatch, held.challenge)
    if envelopes == "two":
        monkeypatch.setattr("minka.innovation.actions.unsealing._differs", lambda *_all: "")
        held.open()
        evaluated(held, draft, whole)
        held.open(economic=True)
    else:
        held.open()
    told = Notice.objects.filter(kind="innovation.proposal_not_opened")
    assert [one.recipient for one in told] == [author]
    client.force_login(author)
    page = client.get(reverse("innovation:proposal", args=[draft.public_id]), {"lang": "en"})
    assert "could not be opened" in page.content.decode()
