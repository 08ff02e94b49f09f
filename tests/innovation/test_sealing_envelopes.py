"""Envelopes: economic parts open later, by custodians again, and nobody reads them before."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry
from minka.innovation.actions.attachments import attach_file
from minka.innovation.actions.discussions import open_discussion
from minka.innovation.actions.envelopes import mark_attachment
from minka.innovation.actions.handing_in import submit_proposal
from minka.innovation.actions.proposals import withdraw_proposal
from minka.innovation.actions.protection import choose_protection
from minka.innovation.models import Attachment, Call, Discussion, Proposal
from minka.innovation.queries.receipts import still_matches
from minka.innovation.states import OpeningFailure
from tests.factories import UserFactory
from tests.innovation.sealing_stories import (
    WORDS,
    after_closing,
    call_in_preparation,
    quick_passphrases,
    sealed_call,
    sealed_draft,
    shares_typed,
)
from tests.innovation.stories import assigned, scored

pytestmark = pytest.mark.django_db
TECHNICAL, ECONOMIC = b"%PDF-1.4 plano de la celda", b"%PDF-1.4 oferta en dolares"
PRICE = str(WORDS["requested_usd"])


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    quick_passphrases(monkeypatch)


def handed_in(held, *, files=False):
    """A proposal to a call with envelopes; with a technical and an economic file if asked."""
    draft, author = sealed_draft(held)
    if files:
        attach_file(by=author, proposal=draft, upload=SimpleUploadedFile("a.pdf", TECHNICAL))
        priced = attach_file(
            by=author, proposal=draft, upload=SimpleUploadedFile("oferta.pdf", ECONOMIC)
        )
        mark_attachment(by=author, attachment=priced, is_economic=True)
    receipt = submit_proposal(by=author, proposal=draft, revision=draft.revision)
    return draft, author, receipt


def evaluated(held, *proposals):
    """The technical evaluation of some proposals is over: handed in, released to discussion."""
    for proposal in proposals:
        scored(Proposal.objects.get(pk=proposal.pk), [3] * held.challenge.criteria.count())
    open_discussion(by=held.team, challenge=held.challenge)


def stored_files():
    folder = Path(settings.MINKA_DATA, "files")
    return b"".join(one.read_bytes() for one in folder.rglob("*") if one.is_file())


def test_economic_words_and_files_are_sealed_as_parts_of_their_own():
    held = sealed_call(envelopes="two")
    _draft, _author, receipt = handed_in(held, files=True)
    names = [part["name"] for part in receipt.parts]
    assert names == ["proposal", "economic", "attachment-1", "economic-attachment-2"]


def test_the_first_session_opens_technical_parts_alone_and_nobody_reads_a_price(
    monkeypatch, client
):
    held = sealed_call(envelopes="two")
    draft, author, receipt = handed_in(held, files=True)
    after_closing(monkeypatch, held.challenge)
    session = held.open()
    assert (session.envelope, len(session.opened), session.failures) == ("technical", 1, [])
    found = Proposal.objects.get(pk=draft.pk)
    assert (found.title, found.requested_usd, found.economic_sealed) == (
        WORDS["title"],
        None,
        True,
    )
    assert [one.file.name for one in found.attachments.all()] == ["a.pdf"]
    assert TECHNICAL in stored_files()
    assert ECONOMIC not in stored_files()
    assert still_matches(receipt)
    evaluator = assigned(found, state="cleared").evaluator
    for person in (held.team, evaluator, author):
        client.force_login(person)
        for address in (
            reverse("innovation:proposal", args=[draft.public_id]),
            f"/api/innovation/proposals/{draft.public_id}",
        ):
            page = client.get(address, {"lang": "es"}).content.decode()
            assert WORDS["title"] in page
            assert not [word for word in (PRICE, "41 357", "oferta.pdf") if word in page]


def test_economic_parts_wait_for_the_technical_evaluation(monkeypatch):
    held = sealed_call(envelopes="two")
    draft, *_rest = handed_in(held)
    after_closing(monkeypatch, held.challenge)
    with pytest.raises(WrongState):
        held.open(economic=True)
    held.open()
    with pytest.raises(WrongState):  # nothing was released to discussion
        held.open(economic=True)
    found = Proposal.objects.get(pk=draft.pk)
    owed = assigned(found, state="cleared")
    evaluated(held, draft)
    with pytest.raises(WrongState, match="1"):  # somebody still scores
        held.open(economic=True)
    owed.delete()
    with pytest.raises(InvalidInput):  # custodians are needed again
        held.open(1, economic=True)
    session = held.open(2, 3, economic=True)
    assert (session.envelope, len(session.opened), session.failures) == ("economic", 1, [])
    found.refresh_from_db()
    assert (found.requested_usd, found.economic_sealed) == (WORDS["requested_usd"], False)
    with pytest.raises(WrongState):
        held.open(economic=True)
    refused = LedgerEntry.objects.filter(verb="innovation.opening_refuse")
    assert refused.count() == 3


def test_economic_files_appear_with_the_economic_parts(monkeypatch):
    held = sealed_call(envelopes="two")
    draft, _author, receipt = handed_in(held, files=True)
    after_closing(monkeypatch, held.challenge)
    held.open()
    evaluated(held, draft)
    held.open(economic=True)
    files = Attachment.objects.filter(proposal=draft).order_by("pk")
    assert [(one.file.name, one.is_economic) for one in files] == [
        ("a.pdf", False),
        ("oferta.pdf", True),
    ]
    assert still_matches(receipt)


def test_an_instant_that_the_call_names_is_waited_for_whatever_its_row_says(monkeypatch):
    challenge, team = call_in_preparation()
    late = challenge.call.closes_at + timedelta(days=20)
    choose_protection(
        by=team, challenge=challenge, protection="sealed", envelopes="two", economic_from=late
    )
    told = LedgerEntry.objects.get(verb="innovation.protection_choose").details
    held = sealed_call(envelopes="two")
    draft, *_rest = handed_in(held)
    Call.objects.filter(challenge=held.challenge).update(economic_from=late)
    after_closing(monkeypatch, held.challenge)
    held.open()
    evaluated(held, draft)
    with pytest.raises(WrongState):
        held.open(economic=True)
    monkeypatch.setattr("django.utils.timezone.now", lambda: late)
    assert len(held.open(economic=True).opened) == 1
    assert told["economic_from"] == late.isoformat()


def test_rows_that_a_dishonest_administrator_changes_open_no_price(monkeypatch):
    held = sealed_call(envelopes="two")
    draft, *_rest = handed_in(held)
    Call.objects.filter(challenge=held.challenge).update(envelopes="one")
    after_closing(monkeypatch, held.challenge)
    held.open()  # what was sealed apart stays so
    found = Proposal.objects.get(pk=draft.pk)
    assert (found.requested_usd, found.economic_sealed) == (None, True)
    Discussion.objects.create(challenge=held.challenge, opened_by=held.team)
    with pytest.raises(WrongState):  # the ledger knows of no discussion
        held.open(economic=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=draft.pk).update(requested_usd=1)


def test_a_damaged_economic_part_is_reported_and_hides_no_technical_word(monkeypatch):
    held = sealed_call(envelopes="two")
    draft, _author, receipt = handed_in(held)
    other, *_rest = handed_in(held)
    after_closing(monkeypatch, held.challenge)
    held.open()
    path = Path(receipt.sealed_parts.get(name="economic").file.content.path)
    path.write_bytes(path.read_bytes()[:-1])
    evaluated(held, draft, other)
    session = held.open(economic=True)
    assert [one["reason"] for one in session.failures] == [OpeningFailure.BYTES_DIFFER]
    assert [one["proposal"] for one in session.opened] == [str(other.public_id)]
    found = Proposal.objects.get(pk=draft.pk)
    assert (found.shows_words, found.economic_failure) == (True, OpeningFailure.BYTES_DIFFER)


def test_prices_of_what_was_withdrawn_or_is_not_eligible_stay_sealed(monkeypatch):
    held = sealed_call(envelopes="two")
    stands, *_rest = handed_in(held)
    gone, author, _receipt = handed_in(held)
    refused, *_rest = handed_in(held)
    after_closing(monkeypatch, held.challenge)
    held.open()
    withdraw_proposal(by=author, proposal=gone, confirmation=gone.lead.name)
    Proposal.objects.filter(pk=refused.pk).update(ineligible_at=timezone.now())
    evaluated(held, stands)
    opened = [one["proposal"] for one in held.open(economic=True).opened]
    assert opened == [str(stands.public_id)]
    assert set(Proposal.objects.values_list("economic_sealed", flat=True)) == {True, False}


def test_only_its_own_people_mark_files_and_only_while_they_write():
    held = sealed_call(envelopes="two")
    draft, author = sealed_draft(held)
    attach_file(by=author, proposal=draft, upload=SimpleUploadedFile("a.pdf", TECHNICAL))
    attachment = Attachment.objects.select_related("proposal", "file").get()
    with pytest.raises(NotAllowed):
        mark_attachment(by=held.team, attachment=attachment, is_economic=True)
    submit_proposal(by=author, proposal=draft, revision=draft.revision, keep_copy=True)
    with pytest.raises(WrongState):
        mark_attachment(by=author, attachment=attachment, is_economic=True)


def test_envelopes_are_chosen_before_publication_and_only_with_sealing():
    challenge, team = call_in_preparation()
    with pytest.raises(InvalidInput) as wrong:
        choose_protection(by=team, challenge=challenge, protection="access", envelopes="two")
    assert set(wrong.value.fields) == {"envelopes"}
    with pytest.raises(InvalidInput) as wrong:
        choose_protection(
            by=team,
            challenge=challenge,
            protection="sealed",
            economic_from=timezone.now() + timedelta(days=900),
        )
    assert set(wrong.value.fields) == {"economic_from"}
    with pytest.raises(NotAllowed):
        choose_protection(by=UserFactory(), challenge=challenge, protection="sealed")
    held = sealed_call()
    with pytest.raises(WrongState):
        choose_protection(
            by=held.team, challenge=held.challenge, protection="sealed", envelopes="two"
        )


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_page_says_which_envelope_it_opens(monkeypatch, client, language):
    held = sealed_call(envelopes="two")
    draft, *_rest = handed_in(held)
    after_closing(monkeypatch, held.challenge)
    client.force_login(held.team)
    address = reverse("innovation:opening", args=[held.challenge.slug])
    words = {"present": "Notaria Elena Ruiz y comité", "minute": "Se reunió el comité hoy."}
    page = client.get(address, {"lang": language}).content.decode()
    assert 'name="envelope" value="technical"' in page
    client.post(address, {**shares_typed(held, 1, 2), **words, "envelope": "technical"})
    page = client.get(address, {"lang": language}).content.decode()
    assert "passphrase_1" not in page  # the economic parts still wait
    evaluated(held, draft)
    page = client.get(address, {"lang": language}).content.decode()
    assert 'name="envelope" value="economic"' in page
    client.post(address, {**shares_typed(held, 1, 3), **words, "envelope": "economic"})
    assert Proposal.objects.get(pk=draft.pk).requested_usd == WORDS["requested_usd"]


def test_a_solver_marks_files_on_the_page_of_the_draft(client):
    held = sealed_call(envelopes="two")
    draft, author = sealed_draft(held)
    attach_file(by=author, proposal=draft, upload=SimpleUploadedFile("a.pdf", TECHNICAL))
    client.force_login(author)
    address = reverse("innovation:proposal_edit", args=[draft.public_id])
    page = client.get(address).content.decode()
    uid = str(draft.attachments.get().file.uid)
    assert f'name="economic" value="{uid}"' in " ".join(page.split())
    values = {name: str(value) for name, value in WORDS.items()}
    client.post(address, {**values, "language": "es", "revision": draft.revision, "economic": uid})
    assert draft.attachments.get().is_economic
