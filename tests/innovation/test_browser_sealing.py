"""What a browser has sealed: taken in unread, opened with the others, and believed in nothing."""

import io
import json
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from minka.core.errors import Conflict, InvalidInput, NotAllowed, TooLarge, WrongState
from minka.core.models import LedgerEntry, StoredFile
from minka.innovation.actions.attachments import MOST_FILES, attach_file
from minka.innovation.actions.browser_sealing import MOST_TEXT_BYTES, submit_sealed
from minka.innovation.actions.handing_in import submit_proposal
from minka.innovation.actions.proposals import reopen_proposal
from minka.innovation.models import Attachment, Call, CallKey, Challenge, Proposal, Receipt
from minka.innovation.models.proposal_parts import USUAL_PARTS, ProposalPart
from minka.innovation.queries.receipts import still_matches
from minka.methods.sealing.container import Context, seal
from minka.methods.sealing.keys import fingerprint
from tests.factories import MembershipFactory, ProposalFactory, UserFactory
from tests.innovation.sealing_stories import (
    WORDS,
    after_closing,
    quick_passphrases,
    sealed_call,
    sealed_draft,
)

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 plano de la celda"
FIELDS = {name: [str(value)] for name, value in WORDS.items()} | {"language": ["es"]}


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    quick_passphrases(monkeypatch)


def text_of(proposal, **fields):
    """The text that a page seals; a field that is None is left out."""
    said = {name: values for name, values in {**FIELDS, **fields}.items() if values is not None}
    return json.dumps({"browser": 1, "proposal": str(proposal.public_id), "fields": said}).encode()


def sealed_as(proposal, /, *contents, **context):
    """Parts as a browser sends them: the text, then files; the context may be another."""
    key = CallKey.objects.get(challenge=proposal.challenge)
    parts = []
    for place, content in enumerate(contents):
        part = f"attachment-{place}" if place else "proposal"
        said = {
            "call": key.code,
            "proposal": str(proposal.public_id),
            "revision": proposal.revision + 1,
            "part": part,
            **context,
        }
        target = io.BytesIO()
        public_key = bytes.fromhex(key.public_key)
        name = f"plano-{place}.pdf" if place else "proposal.json"
        seal(io.BytesIO(content), target, context=Context(**said), name=name, public_key=public_key)
        parts.append(SimpleUploadedFile(f"{place}.seal", target.getvalue()))
    return parts


def hand_in(proposal, author, /, *contents, **context):
    return submit_sealed(
        by=author,
        proposal=proposal,
        revision=proposal.revision,
        parts=sealed_as(proposal, *contents, **context),
    )


def unsealed():
    """A draft of a call that is not sealed."""
    proposal = ProposalFactory()
    MembershipFactory(user=proposal.author, actor=proposal.lead)
    return proposal


def stored_names():
    return {
        f"{folder}/{name}"
        for folder in default_storage.listdir("")[0]
        for name in default_storage.listdir(folder)[1]
    }


def test_what_a_browser_sealed_gets_a_receipt_and_opens_with_the_others(monkeypatch):
    held = sealed_call()
    proposal, author = sealed_draft(held, title="Borrador que el servidor vio")
    attach_file(by=author, proposal=proposal, upload=SimpleUploadedFile("viejo.pdf", PDF))
    proposal.refresh_from_db()
    receipt = hand_in(proposal, author, text_of(proposal, title=["Otro título"]), PDF)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.is_sealed, bytes(proposal.locked)) == ("submitted", True, b"")
    assert not Attachment.objects.exists()
    assert [part["name"] for part in receipt.parts] == ["proposal", "attachment-1"]
    assert still_matches(receipt)
    other, its_author = sealed_draft(held)
    submit_proposal(by=its_author, proposal=other, revision=other.revision)
    after_closing(monkeypatch, held.challenge)
    session = held.open()
    assert (len(session.opened), session.failures) == (2, [])
    proposal.refresh_from_db()
    assert (proposal.title, proposal.requested_usd) == ("Otro título", WORDS["requested_usd"])
    assert (proposal.trl_now, proposal.language) == (WORDS["trl_now"], "es")
    opened = proposal.attachments.get().file
    with opened.content.open() as content:
        assert (opened.name, content.read()) == ("plano-1.pdf", PDF)
    entry = LedgerEntry.objects.get(verb="innovation.proposal_open", subject_id=proposal.public_id)
    assert "defects" not in entry.details


def test_it_replaces_what_was_sealed_before(monkeypatch):
    held = sealed_call()
    proposal, author = sealed_draft(held)
    submit_proposal(by=author, proposal=proposal, revision=proposal.revision)
    proposal.refresh_from_db()
    with pytest.raises(WrongState):
        hand_in(proposal, author, text_of(proposal))
    reopen_proposal(by=author, proposal=proposal)
    hand_in(proposal, author, text_of(proposal, title=["El segundo"]))
    after_closing(monkeypatch, held.challenge)
    held.open()
    proposal.refresh_from_db()
    assert proposal.title == "El segundo"


def test_what_is_not_sealed_to_this_place_is_refused_and_nothing_of_it_stays():
    held, elsewhere = sealed_call(), sealed_call()
    proposal, author = sealed_draft(held)
    before = stored_names()
    good = text_of(proposal)
    wrong = {
        "plain": [SimpleUploadedFile("0.seal", good)],
        "call": sealed_as(proposal, good, call=elsewhere.challenge.key.code),
        "proposal": sealed_as(proposal, good, proposal="another"),
        "revision": sealed_as(proposal, good, revision=proposal.revision),
        "part": sealed_as(proposal, good, part="attachment-1"),
        "second part": [*sealed_as(proposal, good), SimpleUploadedFile("1.seal", PDF)],
        "nothing": [],
        "too many": sealed_as(proposal, good, *[PDF] * (MOST_FILES + 1)),
        "empty": [SimpleUploadedFile("0.seal", b"")],
    }
    for what, parts in wrong.items():
        with pytest.raises(InvalidInput):
            submit_sealed(by=author, proposal=proposal, revision=proposal.revision, parts=parts)
            pytest.fail(what)
    with pytest.raises(TooLarge):
        hand_in(proposal, author, b"x" * MOST_TEXT_BYTES)
    assert stored_names() == before
    assert not Receipt.objects.exists() and not StoredFile.objects.exists()


def test_a_key_of_another_call_is_refused():
    held, elsewhere = sealed_call(), sealed_call()
    proposal, author = sealed_draft(held)
    key, other = held.challenge.key, elsewhere.challenge.key
    target = io.BytesIO()
    here = Context(key.code, str(proposal.public_id), proposal.revision + 1, "proposal")
    seal(
        io.BytesIO(text_of(proposal)),
        target,
        context=here,
        name="proposal.json",
        public_key=bytes.fromhex(other.public_key),
    )
    with pytest.raises(InvalidInput):
        submit_sealed(
            by=author,
            proposal=proposal,
            revision=proposal.revision,
            parts=[SimpleUploadedFile("0.seal", target.getvalue())],
        )


def test_only_its_people_in_time_and_from_the_revision_they_read():
    held = sealed_call()
    proposal, author = sealed_draft(held)
    parts = sealed_as(proposal, text_of(proposal))
    before = stored_names()
    with pytest.raises(NotAllowed):
        submit_sealed(by=UserFactory(), proposal=proposal, revision=proposal.revision, parts=parts)
    stale = sealed_as(proposal, text_of(proposal), revision=proposal.revision)
    with pytest.raises(Conflict):
        submit_sealed(by=author, proposal=proposal, revision=proposal.revision - 1, parts=stale)
    Call.objects.filter(challenge=held.challenge).update(
        closes_at=timezone.now() - timedelta(seconds=1)
    )
    with pytest.raises(WrongState):
        submit_sealed(by=author, proposal=proposal, revision=proposal.revision, parts=parts)
    open_to_all = unsealed()
    with pytest.raises(WrongState):
        submit_sealed(by=open_to_all.author, proposal=open_to_all, revision=0, parts=parts)
    assert stored_names() == before
    assert not Receipt.objects.exists()


HOSTILE = {
    "no json": b"Vinagre",
    "deep": b"[" * 100_000,
    "a list": b"[1, 2]",
    "another version": b'{"browser": 99, "fields": {}}',
    "what a server seals": json.dumps({**WORDS, "language": "es"}, default=str).encode(),
    "no lists": b'{"browser": 1, "proposal": "%s", "fields": {"title": "x"}}',
    "no text": b'{"browser": 1, "proposal": "%s", "fields": {"title": [{}]}}',
    "no fields": b'{"browser": 1, "proposal": "%s", "fields": []}',
}
NOT_COMPLETE = {
    "no title": {"title": None},
    "blank title": {"title": ["   "]},
    "no amount": {"requested_usd": [""]},
    "no number": {"requested_usd": ["NaN"]},
    "too much": {"requested_usd": ["1e99"]},
    "null": {"title": ["a\0b"]},
    "long": {"title": ["x" * 201]},
}


def test_whatever_was_sealed_the_opening_goes_on_and_says_so(monkeypatch):
    held = sealed_call()
    expected = {}
    for text in HOSTILE.values():
        proposal, author = sealed_draft(held)
        own = text.replace(b"%s", str(proposal.public_id).encode())
        hand_in(proposal, author, own)
        expected[str(proposal.public_id)] = "unreadable"
    for fields in NOT_COMPLETE.values():
        proposal, author = sealed_draft(held)
        hand_in(proposal, author, text_of(proposal, **fields))
        expected[str(proposal.public_id)] = "unreadable"
    half_a_sign, author = sealed_draft(held)
    hand_in(half_a_sign, author, text_of(half_a_sign, title=["\ud800"]))
    expected[str(half_a_sign.public_id)] = "unreadable"
    whole, author = sealed_draft(held)
    hand_in(whole, author, text_of(whole))
    after_closing(monkeypatch, held.challenge)
    session = held.open()
    found = {one["proposal"]: one["reason"] for one in session.failures}
    names = dict(zip(expected, [*HOSTILE, *NOT_COMPLETE, "half a sign"], strict=True))
    assert {names[one]: why for one, why in found.items()} == {
        names[one]: why for one, why in expected.items()
    }
    assert [one["proposal"] for one in session.opened] == [str(whole.public_id)]
    for public_id in expected:
        assert Proposal.objects.get(public_id=public_id).is_sealed


def test_what_submitting_would_have_refused_is_opened_and_noted(monkeypatch):
    held = sealed_call()
    proposal, author = sealed_draft(held)
    text = text_of(proposal, team=["palabra " * 501], trl_now=["12"], evidence=None)
    hand_in(proposal, author, text, PDF, b"MZ\x90\0 programa", b"")
    after_closing(monkeypatch, held.challenge)
    assert not held.open().failures
    proposal.refresh_from_db()
    assert (proposal.title, proposal.trl_now, proposal.evidence) == (WORDS["title"], None, "")
    assert [one.file.name for one in proposal.attachments.all()] == ["plano-1.pdf"]
    entry = LedgerEntry.objects.get(verb="innovation.proposal_open")
    assert entry.details["defects"] == "evidence, team, trl_now, attachment-2, attachment-3"


def test_tables_and_own_parts_of_a_challenge_are_read_as_its_form_reads_them(monkeypatch):
    held = sealed_call()
    risks = ProposalPart("s1", "Riesgos", "Risks", words=50, required=True)
    parts = [*USUAL_PARTS, risks]
    Challenge.objects.filter(pk=held.challenge.pk).update(
        form_parts=[part.plain() for part in parts]
    )
    proposal, author = sealed_draft(held)
    lines = {
        "budget-0-concept": ["Bomba"],
        "budget-0-amount": ["7,500"],
        "budget-0-currency": ["USD"],
        "budget-0-rate": [""],
        "budget-1-concept": [""],
        "answer_s1": ["Que no llegue el mineral."],
        "answer_s2": ["Nadie lo pidió."],
    }
    hand_in(proposal, author, text_of(proposal, **lines))
    after_closing(monkeypatch, held.challenge)
    assert not held.open().failures
    proposal.refresh_from_db()
    assert proposal.answers == {"s1": "Que no llegue el mineral."}
    assert [line["concept"] for line in proposal.budget] == ["Bomba"]
    assert proposal.requested_usd == 7500
    entry = LedgerEntry.objects.get(verb="innovation.proposal_open")
    assert "defects" not in entry.details


def test_the_page_sends_no_word_and_shows_the_key(client):
    held = sealed_call()
    proposal, author = sealed_draft(held)
    client.force_login(author)
    address = reverse("innovation:browser_seal", args=[proposal.public_id])
    text = client.get(address).content.decode()
    key = held.challenge.key
    assert fingerprint(bytes.fromhex(key.public_key)) in text
    assert 'method="dialog"' in text and "data-autosave" not in text
    assert WORDS["title"] not in text
    editor = client.get(reverse("innovation:proposal_edit", args=[proposal.public_id]))
    assert address in editor.content.decode()
    client.force_login(UserFactory())
    assert client.get(address).status_code == 404
    open_to_all = unsealed()
    client.force_login(open_to_all.author)
    address = reverse("innovation:browser_seal", args=[open_to_all.public_id])
    assert client.get(address).status_code == 302


def test_sealed_parts_arrive_over_http_and_what_is_wrong_is_answered(client):
    held = sealed_call()
    proposal, author = sealed_draft(held)
    client.force_login(author)
    address = reverse("innovation:browser_sealed", args=[proposal.public_id])
    answer = client.post(address, {"revision": "x", "part": [io.BytesIO(b"text")]})
    assert answer.status_code == 422 and answer.json()["code"] == InvalidInput.code
    parts = sealed_as(proposal, text_of(proposal), PDF)
    answer = client.post(address, {"revision": proposal.revision, "part": parts})
    receipt = Receipt.objects.get()
    assert answer.json() == {
        "url": reverse("innovation:receipt", args=[receipt.number]),
        "sha256": [part["sha256"] for part in receipt.parts],
    }
    parts = sealed_as(proposal, text_of(proposal))
    again = client.post(address, {"revision": proposal.revision, "part": parts})
    assert (again.status_code, again.json()["url"]) == (409, answer.json()["url"])
    assert Receipt.objects.count() == 1
    client.logout()
    assert client.post(address, headers={"X-Requested-With": "fetch"}).status_code == 401
