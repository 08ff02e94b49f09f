"""Two envelopes sealed in a browser: the page's own code makes the parts, the opening keeps them apart."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from minka.core.errors import InvalidInput, TooLarge
from minka.core.models import LedgerEntry
from minka.innovation.actions.attachments import MOST_FILES
from minka.innovation.actions.browser_sealing import MOST_TEXT_BYTES, submit_sealed
from minka.innovation.models import Call, CallKey, Challenge, Proposal, Receipt
from minka.innovation.models.locked_words import ECONOMIC
from minka.innovation.models.proposal_parts import USUAL_PARTS
from minka.innovation.queries.receipts import still_matches
from minka.methods.sealing.container import Context, read_head, seal
from tests.innovation.sealing_stories import (
    WORDS,
    after_closing,
    quick_passphrases,
    sealed_call,
    sealed_draft,
)
from tests.innovation.test_sealing_envelopes import evaluated, stored_files
from tests.methods.sealing.in_browser import proposal_wanted, proposals_sealed_in_browser

pytestmark = pytest.mark.django_db
PLAN, OFFER = b"%PDF-1.4 plano en el navegador", b"%PDF-1.4 oferta en el navegador"
PRICED = b"%PDF-1.4 oferta que nadie ha abierto"  # in no other test: files of others lie there too
FIELDS = {name: [str(value)] for name, value in WORDS.items()} | {"language": ["es"]}
TECHNICAL_FIELDS = {name: values for name, values in FIELDS.items() if name != "requested_usd"}
BUDGET = {
    "budget-0-concept": ["Bomba de vinagre"],
    "budget-0-amount": ["7,500"],
    "budget-0-currency": ["USD"],
    "budget-0-rate": [""],
}
NAMES = ["proposal", "economic", "attachment-1", "economic-attachment-2"]


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    quick_passphrases(monkeypatch)


def here(proposal, part="proposal"):
    key = CallKey.objects.get(challenge=proposal.challenge)
    return Context(key.code, str(proposal.public_id), proposal.revision + 1, part), key


def text(proposal, fields):
    said = {"browser": 1, "proposal": str(proposal.public_id), "fields": fields}
    return json.dumps(said).encode()


def sealed_by_hand(proposal, *named):
    """Parts under names of one's own, as somebody with her own page could send them."""
    parts = []
    for part, content in named:
        context, key = here(proposal, part)
        target = io.BytesIO()
        public_key = bytes.fromhex(key.public_key)
        name = "oferta.pdf" if "attachment" in part else "words.json"
        seal(io.BytesIO(content), target, context=context, name=name, public_key=public_key)
        parts.append(SimpleUploadedFile("part.seal", target.getvalue()))
    return parts


def texts_by_hand(proposal, technical, economic):
    """Both texts with fields of one's own choice."""
    return sealed_by_hand(
        proposal,
        ("proposal", text(proposal, technical)),
        ("economic", text(proposal, economic)),
    )


def hand_in(proposal, author, parts):
    return submit_sealed(by=author, proposal=proposal, revision=proposal.revision, parts=parts)


def defects_told():
    """The defects that the ledger names, by envelope."""
    entries = LedgerEntry.objects.filter(verb="innovation.proposal_open")
    return {one.details["envelope"]: one.details.get("defects", "") for one in entries}


def opened_whole(monkeypatch, held, proposal):
    """Both sessions; return what stands after the first and after the second."""
    after_closing(monkeypatch, held.challenge)
    assert held.open().failures == []
    first = Proposal.objects.get(pk=proposal.pk)
    evaluated(held, proposal)
    assert held.open(2, 3, economic=True).failures == []
    return first, Proposal.objects.get(pk=proposal.pk)


def test_the_page_seals_economic_words_and_files_apart_and_they_open_in_their_own_session(
    monkeypatch,
):
    held = sealed_call(envelopes="two")
    Challenge.objects.filter(pk=held.challenge.pk).update(
        form_parts=[part.plain() for part in USUAL_PARTS]
    )
    proposal, author = sealed_draft(held)
    context, key = here(proposal)
    files = [("plano.pdf", PLAN, False), ("oferta.pdf", PRICED, True)]
    public_key = bytes.fromhex(key.public_key)
    wanted = proposal_wanted(
        context, {**FIELDS, **BUDGET}, files, public_key=public_key, economic=ECONOMIC
    )
    [parts] = proposals_sealed_in_browser(wanted)
    assert [read_head(io.BytesIO(part)).context.part for part in parts] == NAMES
    receipt = hand_in(proposal, author, [SimpleUploadedFile("x.seal", part) for part in parts])
    assert [part["name"] for part in receipt.parts] == NAMES
    after_closing(monkeypatch, held.challenge)
    session = held.open()
    assert (session.envelope, len(session.opened), session.failures) == ("technical", 1, [])
    found = Proposal.objects.get(pk=proposal.pk)
    assert (found.title, found.requested_usd, found.budget, found.economic_sealed) == (
        WORDS["title"],
        None,
        None,
        True,
    )
    assert [one.file.name for one in found.attachments.all()] == ["plano.pdf"]
    assert PLAN in stored_files() and PRICED not in stored_files()
    evaluated(held, proposal)
    assert held.open(2, 3, economic=True).failures == []
    found.refresh_from_db()
    assert (found.requested_usd, found.budget[0]["concept"]) == (7500, "Bomba de vinagre")
    assert [one.file.name for one in found.attachments.order_by("pk")] == [
        "plano.pdf",
        "oferta.pdf",
    ]
    assert still_matches(receipt)
    assert defects_told() == {"technical": "", "economic": ""}


def test_without_envelopes_the_page_seals_one_text_and_no_file_is_economic():
    held = sealed_call()
    proposal, author = sealed_draft(held)
    context, key = here(proposal)
    public_key = bytes.fromhex(key.public_key)
    [parts] = proposals_sealed_in_browser(
        proposal_wanted(context, FIELDS, [("oferta.pdf", OFFER, True)], public_key=public_key)
    )
    receipt = hand_in(proposal, author, [SimpleUploadedFile("x.seal", part) for part in parts])
    assert [part["name"] for part in receipt.parts] == ["proposal", "attachment-1"]


def test_a_price_among_technical_words_opens_nothing_early_and_is_named(monkeypatch):
    held = sealed_call(envelopes="two")
    proposal, author = sealed_draft(held)
    parts = texts_by_hand(proposal, {**FIELDS, **BUDGET}, {"requested_usd": ["900"]})
    hand_in(proposal, author, parts)
    first, last = opened_whole(monkeypatch, held, proposal)
    assert (first.requested_usd, first.budget, first.title) == (None, None, WORDS["title"])
    assert (last.requested_usd, last.budget) == (900, None)
    assert defects_told() == {"technical": "budget, requested_usd", "economic": ""}


def test_technical_words_among_economic_ones_change_nothing_that_was_evaluated(monkeypatch):
    held = sealed_call(envelopes="two")
    proposal, author = sealed_draft(held)
    later = {"requested_usd": ["900"], "title": ["Otro título"], "trl_after": ["9"]}
    hand_in(proposal, author, texts_by_hand(proposal, TECHNICAL_FIELDS, later))
    _first, last = opened_whole(monkeypatch, held, proposal)
    assert (last.title, last.trl_after, last.requested_usd) == (WORDS["title"], 7, 900)
    assert defects_told() == {"technical": "", "economic": "title, trl_after"}


@pytest.mark.parametrize("economic", [{}, {"requested_usd": ["0"]}, {"requested_usd": ["NaN"]}])
def test_without_an_amount_the_economic_part_does_not_open_and_the_technical_one_does(
    monkeypatch, economic
):
    held = sealed_call(envelopes="two")
    proposal, author = sealed_draft(held)
    hand_in(proposal, author, texts_by_hand(proposal, FIELDS, economic))  # amount in the wrong one
    after_closing(monkeypatch, held.challenge)
    assert held.open().failures == []
    evaluated(held, proposal)
    session = held.open(2, 3, economic=True)
    assert [one["reason"] for one in session.failures] == ["unreadable"]
    found = Proposal.objects.get(pk=proposal.pk)
    assert (found.requested_usd, found.economic_sealed) == (None, True)
    assert found.economic_failure == "unreadable"


def test_an_economic_file_of_another_type_is_named_and_left_out(monkeypatch):
    held = sealed_call(envelopes="two")
    proposal, author = sealed_draft(held)
    context = [("economic-attachment-1", b"MZ\x90\0 programa"), ("economic-attachment-2", OFFER)]
    parts = texts_by_hand(proposal, TECHNICAL_FIELDS, {"requested_usd": ["900"]})
    hand_in(proposal, author, [*parts, *sealed_by_hand(proposal, *context)])
    _first, last = opened_whole(monkeypatch, held, proposal)
    assert [(one.file.name, one.is_economic) for one in last.attachments.all()] == [
        ("oferta.pdf", True)
    ]
    assert defects_told() == {"technical": "", "economic": "economic-attachment-1"}


def test_parts_under_other_names_or_in_another_order_are_refused():
    held, together = sealed_call(envelopes="two"), sealed_call()
    proposal, author = sealed_draft(held)
    technical = ("proposal", text(proposal, TECHNICAL_FIELDS))
    economic = ("economic", text(proposal, {"requested_usd": ["900"]}))
    wrong = {
        "no economic text": [technical],
        "economic first": [economic, technical],
        "economic twice": [technical, economic, economic],
        "a file in its place": [technical, ("attachment-1", PLAN)],
        "counted from elsewhere": [technical, economic, ("attachment-2", PLAN)],
        "economic, from elsewhere": [technical, economic, ("economic-attachment-2", PLAN)],
        "an invented name": [technical, economic, ("economic-1", PLAN)],
        "too many": [technical, economic]
        + [(f"attachment-{at + 1}", PLAN) for at in range(MOST_FILES + 1)],
    }
    for what, named in wrong.items():
        with pytest.raises(InvalidInput):
            hand_in(proposal, author, sealed_by_hand(proposal, *named))
            pytest.fail(what)
    with pytest.raises(TooLarge):
        huge = ("economic", b"x" * MOST_TEXT_BYTES)
        hand_in(proposal, author, sealed_by_hand(proposal, technical, huge))
    other, its_author = sealed_draft(together)
    for named in ([("economic", OFFER)], [("proposal", PLAN), ("economic-attachment-1", OFFER)]):
        with pytest.raises(InvalidInput):
            hand_in(other, its_author, sealed_by_hand(other, *named))
    assert not Receipt.objects.exists()


def test_a_row_that_is_changed_to_one_envelope_opens_no_price_that_a_browser_sealed(monkeypatch):
    held = sealed_call(envelopes="two")
    proposal, author = sealed_draft(held)
    parts = texts_by_hand(proposal, {**FIELDS, **BUDGET}, {"requested_usd": ["900"]})
    hand_in(proposal, author, parts)
    Call.objects.filter(challenge=held.challenge).update(envelopes="one")
    after_closing(monkeypatch, held.challenge)
    held.open()
    found = Proposal.objects.get(pk=proposal.pk)
    assert (found.requested_usd, found.budget, found.economic_sealed) == (None, None, True)


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_page_offers_economic_files_only_where_there_are_envelopes(client, language):
    for envelopes in ("two", "one"):
        held = sealed_call(envelopes=envelopes)
        proposal, author = sealed_draft(held)
        client.force_login(author)
        address = reverse("innovation:browser_seal", args=[proposal.public_id])
        page = client.get(address, {"lang": language}).content.decode()
        assert ('name="economic_uploads"' in page) == (envelopes == "two")
        assert ('data-economic="budget requested_usd"' in page) == (envelopes == "two")
        editor = client.get(reverse("innovation:proposal_edit", args=[proposal.public_id]))
        assert address in editor.content.decode()
