"""The dishonest administrator: reads everything that is stored, and changes what can be changed."""

import base64
import hashlib
import logging
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from minka.core.errors import InvalidInput, WrongState
from minka.core.ledger import verify_ledger
from minka.core.models import LedgerEntry, StoredFile
from minka.innovation.actions import unsealing
from minka.innovation.actions.attachments import attach_file
from minka.innovation.actions.handing_in import submit_proposal
from minka.innovation.actions.proposals import reopen_proposal, save_draft, withdraw_proposal
from minka.innovation.models import (
    Attachment,
    Call,
    CallKey,
    Custodian,
    DraftVersion,
    Partner,
    Proposal,
    Receipt,
    SealedPart,
)
from minka.innovation.queries.receipts import content_sha256
from minka.innovation.queries.sealed_files import stored_sha256
from minka.innovation.states import OpeningFailure
from minka.methods.sealing.container import Context, seal
from minka.methods.sealing.receipts import read_receipt, sign_receipt
from minka.methods.text import search_key
from tests.factories import ActorFactory, UserFactory
from tests.innovation.sealing_stories import (
    PASSPHRASE,
    WORDS,
    after_closing,
    quick_passphrases,
    sealed_call,
    sealed_draft,
)
from tests.services.ledger import lift_guard

pytestmark = pytest.mark.django_db
PLANTED = [str(value) for name, value in WORDS.items() if isinstance(value, str)]
IN_FILE = b"%PDF-1.4 el secreto de la algarroba"
FILE_NAME = "formula-de-algarroba.pdf"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    quick_passphrases(monkeypatch)


def database_dump() -> bytes:
    """Every cell of every table, one after the other."""
    found = bytearray()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                for cell in row:
                    is_bytes = isinstance(cell, bytes | bytearray | memoryview)
                    found += bytes(cell) if is_bytes else str(cell).encode()
                    found += b"\n"
    return bytes(found)


def everything_stored(caplog) -> bytes:
    """Database (ledger, jobs, notices, search), files, messages sent, logs, and caches."""
    folder = Path(settings.MINKA_DATA)
    files = [one for one in folder.rglob("*") if one.is_file() and "sqlite3" not in one.name]
    letters = [f"{one.subject} {one.body} {one.alternatives}" for one in mail.outbox]
    return b"\n".join(
        [
            database_dump(),
            *(one.read_bytes() for one in files),
            *(one.encode() for one in letters),
            caplog.text.encode(),
            *(bytes(one) for name in settings.CACHES for one in caches[name]._cache.values()),
        ]
    )


def forms_of(word: str) -> list[bytes]:
    """How a word may lie somewhere: as it is, as search keeps it, encoded."""
    within = [base64.b64encode(bytes(shift) + word.encode())[4:-4] for shift in range(3)]
    return [
        word.encode(),
        word.encode("unicode_escape"),
        search_key(word).encode(),
        *(one for one in within if len(one) >= 8),  # shorter ones stand anywhere by chance
        word.encode().hex().encode(),
        hashlib.sha256(word.encode()).hexdigest().encode(),
    ]


def handed_in(held, **words):
    draft, author = sealed_draft(held, **words)
    return submit_proposal(by=author, proposal=draft, revision=draft.revision), draft, author


def reasons(session):
    return [one["reason"] for one in session.failures]


@pytest.mark.parametrize("stage", ["draft", "submitted", "kept copy"])
def test_nothing_that_is_stored_holds_a_word_of_it(
    stage, caplog, django_capture_on_commit_callbacks
):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    held = sealed_call()
    with django_capture_on_commit_callbacks(execute=True):
        draft, author = sealed_draft(held)
        again = {"summary": f"{WORDS['summary']} Y otra vez."}  # so that the first words are kept
        save_draft(by=author, proposal=draft, revision=draft.revision, values=again)
        draft.refresh_from_db()
        upload = SimpleUploadedFile(FILE_NAME, IN_FILE)
        attach_file(by=author, proposal=draft, upload=upload)
        assert DraftVersion.objects.exists()
        if stage != "draft":
            keep = stage == "kept copy"
            submit_proposal(by=author, proposal=draft, revision=draft.revision, keep_copy=keep)
    stored = everything_stored(caplog)
    secret = [*PLANTED, IN_FILE.decode(), FILE_NAME, "algarroba", "41357902"]
    found = [word for word in secret for form in forms_of(word) if form in stored]
    assert found == []
    assert hashlib.sha256(IN_FILE).hexdigest().encode() not in stored
    assert draft.lead.name.encode() in stored  # the search looks where it should


def test_what_is_stored_holds_no_share_no_passphrase_and_no_private_key(caplog):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    held = sealed_call()
    stored = everything_stored(caplog)
    assert CallKey.objects.get().public_key.encode() in stored
    assert b"BEGIN MINKA SHARE" not in stored
    for one in Custodian.objects.all():
        assert PASSPHRASE.format(one.user_id).encode() not in stored
        assert bytes(one.sealed_share) == b""
    assert len(held.shares) == 3


def test_a_working_copy_is_not_read_with_another_key_of_the_server(settings):
    held = sealed_call()
    draft, _author = sealed_draft(held)
    settings.MINKA_DRAFTS_SECRET = base64.b64encode(bytes(32)).decode()
    found = Proposal.objects.get(pk=draft.pk)
    assert (found.is_damaged, found.title) == (True, "")


def test_shares_of_k_custodians_open_nothing_before_the_deadline():
    held = sealed_call()
    handed_in(held)
    with pytest.raises(WrongState):
        held.open(1, 2, 3)
    assert Proposal.objects.get().is_sealed
    refused = LedgerEntry.objects.get(verb="innovation.opening_refuse")
    assert refused.details["not_before"] == held.challenge.call.closes_at.isoformat()


def test_a_deadline_that_was_changed_in_the_database_opens_nothing():
    held = sealed_call()
    handed_in(held)
    earlier = timezone.now() - DAY
    Call.objects.update(opens_at=earlier - DAY, closes_at=earlier)
    Receipt.objects.update(received_at=earlier - DAY, deadline_at=earlier)
    with pytest.raises(WrongState):
        held.open()
    assert Proposal.objects.get().is_sealed


def test_fewer_than_k_shares_or_those_of_another_call_open_nothing(monkeypatch):
    held, other = sealed_call(), sealed_call()
    handed_in(held)
    after_closing(monkeypatch, held.challenge)
    with pytest.raises(InvalidInput):
        held.open(2)
    held.shares = other.shares
    with pytest.raises(InvalidInput) as wrong:
        held.open(1, 2)
    assert set(wrong.value.fields) == {"share_1", "share_2"}
    entries = LedgerEntry.objects.filter(verb="innovation.shares_refuse").order_by("position")
    assert [(one.details["given"], one.details["wrong"]) for one in entries] == [
        (1, []),
        (2, ["share_1", "share_2"]),
    ]


def test_two_sealed_proposals_whose_bytes_are_swapped_are_both_found(monkeypatch):
    held = sealed_call()
    first, second = (handed_in(held)[0] for _time in range(2))
    paths = [Path(one.sealed_parts.get().file.content.path) for one in (first, second)]
    swapped = [path.read_bytes() for path in reversed(paths)]
    for path, content in zip(paths, swapped, strict=True):
        path.write_bytes(content)
    after_closing(monkeypatch, held.challenge)
    assert reasons(held.open()) == [OpeningFailure.BYTES_DIFFER] * 2


def test_two_sealed_proposals_whose_rows_are_swapped_are_both_found(monkeypatch):
    held = sealed_call()
    first, second = (handed_in(held)[0] for _time in range(2))
    one, other = first.sealed_parts.get(), second.sealed_parts.get()
    SealedPart.objects.filter(pk=one.pk).update(position=9)
    SealedPart.objects.filter(pk=other.pk).update(receipt=first)
    SealedPart.objects.filter(pk=one.pk).update(receipt=second, position=0)
    after_closing(monkeypatch, held.challenge)
    assert reasons(held.open()) == [OpeningFailure.PARTS_DIFFER] * 2


def test_a_swap_that_fits_every_row_still_opens_as_no_other_proposal(monkeypatch):
    """As if receipts, ledger and files had all been made to agree: the object itself refuses."""
    held = sealed_call()
    first, second = (handed_in(held)[0] for _time in range(2))
    one, other = first.sealed_parts.get(), second.sealed_parts.get()
    SealedPart.objects.filter(pk=one.pk).update(position=9)
    SealedPart.objects.filter(pk=other.pk).update(receipt=first)
    SealedPart.objects.filter(pk=one.pk).update(receipt=second, position=0)
    monkeypatch.setattr(unsealing, "_differs", lambda _receipt, _parts: "")
    after_closing(monkeypatch, held.challenge)
    assert reasons(held.open()) == [OpeningFailure.WRONG_CONTEXT] * 2


def another_text_in_its_place(receipt, draft):
    """Seal another text, and let the rows of files and parts say what it is."""
    part, key = receipt.sealed_parts.get(), CallKey.objects.get()
    forged = BytesIO()
    written = seal(
        BytesIO(b"{}"),
        forged,
        context=Context(key.code, str(draft.public_id), part.revision, part.name),
        name="proposal.json",
        public_key=bytes.fromhex(key.public_key),
    )
    StoredFile.objects.filter(pk=part.file_id).update(
        size_bytes=written.size_bytes, sha256=written.sha256
    )
    parts = [{"name": "proposal", "size_bytes": written.size_bytes, "sha256": written.sha256}]
    return Path(part.file.content.path), forged.getvalue(), parts


@pytest.mark.parametrize("digest_too", [True, False])
def test_another_text_sealed_in_its_place_is_found(monkeypatch, digest_too):
    """Anybody can seal to the public key: what counts is what the receipt was given for."""
    held = sealed_call()
    receipt, draft, _author = handed_in(held)
    path, forged, parts = another_text_in_its_place(receipt, draft)
    path.write_bytes(forged)
    told = {"content_sha256": content_sha256(parts)} if digest_too else {}
    Receipt.objects.update(parts=parts, **told)
    after_closing(monkeypatch, held.challenge)
    assert reasons(held.open()) == [OpeningFailure.RECEIPT_DIFFERS]
    assert Proposal.objects.get().is_sealed


def test_another_text_that_comes_only_while_it_is_opened_is_found(monkeypatch):
    """A file system that shows the right bytes to who compares, and others to who opens."""
    held = sealed_call()
    receipt, draft, _author = handed_in(held)
    path, forged, _parts = another_text_in_its_place(receipt, draft)
    StoredFile.objects.filter(pk=receipt.sealed_parts.get().file_id).update(
        size_bytes=path.stat().st_size, sha256=receipt.parts[0]["sha256"]
    )

    def compared(stored):
        found = stored_sha256(stored)
        path.write_bytes(forged)
        return found

    monkeypatch.setattr(unsealing, "stored_sha256", compared)
    after_closing(monkeypatch, held.challenge)
    assert reasons(held.open()) == [OpeningFailure.BYTES_DIFFER]
    assert Proposal.objects.get().is_sealed


def test_a_receipt_whose_row_says_another_time_is_found(monkeypatch):
    held = sealed_call()
    handed_in(held)
    Receipt.objects.update(received_at=timezone.now() - DAY)
    after_closing(monkeypatch, held.challenge)
    assert reasons(held.open()) == [OpeningFailure.RECEIPT_DIFFERS]


def test_a_forged_receipt_is_found(monkeypatch):
    held = sealed_call()
    receipt, _draft, _author = handed_in(held)
    said = dict(read_receipt(receipt.signed).said)
    Receipt.objects.update(signed=sign_receipt(said, bytes(32)))
    after_closing(monkeypatch, held.challenge)
    assert reasons(held.open()) == [OpeningFailure.NOT_SIGNED]


def test_a_ledger_that_was_cut_is_found_by_the_receipt_and_by_its_head(monkeypatch):
    held = sealed_call()
    receipt, _draft, _author = handed_in(held)
    head = read_receipt(receipt.signed).said["ledger"]["sha256"]
    assert verify_ledger(expect=head).whole
    lift_guard()
    LedgerEntry.objects.filter(position__gte=receipt.ledger_position).delete()
    assert not verify_ledger(expect=head).whole
    after_closing(monkeypatch, held.challenge)
    assert reasons(held.open()) == [OpeningFailure.ENTRY_DIFFERS]


def test_a_proposal_that_was_deleted_is_missed(monkeypatch):
    held = sealed_call()
    receipt, draft, _author = handed_in(held)
    handed_in(held)
    receipt.sealed_parts.all().delete()
    receipt.delete()
    Proposal.objects.filter(pk=draft.pk).delete()
    after_closing(monkeypatch, held.challenge)
    session = held.open()
    assert session.failures == [{"proposal": str(draft.public_id), "reason": OpeningFailure.LOST}]
    assert len(session.opened) == 1


def test_the_database_itself_refuses_words_in_the_clear():
    held = sealed_call()
    draft, _author = sealed_draft(held)
    with pytest.raises(IntegrityError), transaction.atomic():
        draft.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.update(title="a la vista")


def test_a_kept_copy_of_what_could_not_be_opened_is_no_way_around_the_custodians(
    monkeypatch, client
):
    held = sealed_call()
    draft, author = sealed_draft(held)
    attach_file(by=author, proposal=draft, upload=SimpleUploadedFile(FILE_NAME, IN_FILE))
    receipt = submit_proposal(by=author, proposal=draft, revision=draft.revision, keep_copy=True)
    path = Path(receipt.sealed_parts.last().file.content.path)
    path.write_bytes(path.read_bytes()[:-1])
    after_closing(monkeypatch, held.challenge)
    assert len(held.open().failures) == 1
    client.force_login(held.team)
    page = client.get(reverse("innovation:proposal", args=[draft.public_id]))
    assert page.status_code == 200
    assert [word for word in PLANTED if word in page.content.decode()] == []
    answer = client.get(f"/api/innovation/proposals/{draft.public_id}")
    assert [word for word in (*PLANTED, "41357902") if word in str(answer.json())] == []
    uid = draft.attachments.get().file.uid
    file = client.get(reverse("innovation:attachment", args=[draft.public_id, uid]))
    assert file.status_code == 404


def test_a_proposal_that_opens_only_in_part_leaves_no_file_in_the_clear(monkeypatch):
    held = sealed_call()
    draft, author = sealed_draft(held)
    for name in ("uno.pdf", "dos.pdf"):
        upload = SimpleUploadedFile(name, IN_FILE + name.encode())
        attach_file(by=author, proposal=draft, upload=upload)
    receipt = submit_proposal(by=author, proposal=draft, revision=draft.revision)
    path = Path(receipt.sealed_parts.last().file.content.path)
    path.write_bytes(path.read_bytes()[:-1])
    monkeypatch.setattr(unsealing, "_differs", lambda _receipt, _parts: "")
    after_closing(monkeypatch, held.challenge)
    assert reasons(held.open()) == [OpeningFailure.DAMAGED]
    files = [one for one in Path(settings.MINKA_DATA, "files").rglob("*") if one.is_file()]
    assert [one for one in files if IN_FILE in one.read_bytes()] == []
    assert not Proposal.objects.get().attachments.exists()


def handed_in_twice(held):
    """A proposal that was replaced once: its two receipts, and its row."""
    draft, author = sealed_draft(held, title="La primera")
    first = submit_proposal(by=author, proposal=draft, revision=draft.revision, keep_copy=True)
    reopen_proposal(by=author, proposal=draft)
    save_draft(by=author, proposal=draft, revision=draft.revision, values={"title": "La última"})
    draft.refresh_from_db()
    last = submit_proposal(by=author, proposal=draft, revision=draft.revision)
    return first, last, draft


def test_a_proposal_put_back_to_an_older_submission_is_found_and_not_opened(monkeypatch):
    held = sealed_call()
    _first, last, draft = handed_in_twice(held)
    handed_in(held)
    last.sealed_parts.all().delete()
    last.delete()
    after_closing(monkeypatch, held.challenge)
    session = held.open()
    assert session.failures == [{"proposal": str(draft.public_id), "reason": OpeningFailure.OLDER}]
    assert len(session.opened) == 1
    draft = Proposal.objects.get(pk=draft.pk)
    assert (draft.is_sealed, draft.opening_failure) == (True, OpeningFailure.OLDER)


@pytest.mark.parametrize(
    "change",
    [
        {"state": "withdrawn"},
        {"state": "draft", "submitted_at": None},
        {
            "is_sealed": False,
            "locked": b"",
            "title": "Otra",
            "requested_usd": 1,
            "opened_at": None,
        },
    ],
)
def test_a_proposal_that_is_hidden_by_its_row_is_found(monkeypatch, change):
    held = sealed_call()
    _receipt, draft, _author = handed_in(held)
    handed_in(held)
    Proposal.objects.filter(pk=draft.pk).update(**change)
    after_closing(monkeypatch, held.challenge)
    session = held.open()
    assert session.failures == [{"proposal": str(draft.public_id), "reason": OpeningFailure.HIDDEN}]
    assert len(session.opened) == 1


def test_a_call_that_was_said_to_be_unsealed_for_a_while_is_found(monkeypatch):
    held = sealed_call()
    handed_in(held)
    Call.objects.filter(challenge=held.challenge).update(protection="access")
    receipt, draft, _author = handed_in(held)
    Call.objects.filter(challenge=held.challenge).update(protection="sealed")
    assert read_receipt(receipt.signed).said["call"]["protection"] == "access"
    after_closing(monkeypatch, held.challenge)
    session = held.open()
    assert session.failures == [{"proposal": str(draft.public_id), "reason": OpeningFailure.HIDDEN}]


def test_a_proposal_moved_to_another_call_is_missed(monkeypatch):
    held, other = sealed_call(), sealed_call()
    _receipt, draft, _author = handed_in(held)
    Proposal.objects.filter(pk=draft.pk).update(challenge=other.challenge)
    after_closing(monkeypatch, held.challenge)
    assert reasons(held.open()) == [OpeningFailure.LOST]


@pytest.mark.parametrize("changed", [{}, {"share": 60}, {"does": "Nada"}, {"counts": False}])
def test_partners_that_were_changed_after_it_was_sealed_are_named(monkeypatch, changed):
    held = sealed_call()
    draft, author = sealed_draft(held)
    partner = Partner.objects.create(
        proposal=draft,
        actor=ActorFactory(),
        share=30,
        does="Toma las muestras",
        state="accepted",
        asked_by=author,
    )
    submit_proposal(by=author, proposal=draft, revision=draft.revision)
    Partner.objects.filter(pk=partner.pk).update(**(changed or {"share": 30}))
    after_closing(monkeypatch, held.challenge)
    assert len(held.open().opened) == 1
    entry = LedgerEntry.objects.get(verb="innovation.proposal_open")
    assert entry.details.get("defects", "") == ("partners" if changed else "")


def test_what_was_withdrawn_and_what_was_replaced_is_not_missed(monkeypatch):
    held = sealed_call()
    handed_in_twice(held)
    _receipt, gone, author = handed_in(held)
    withdraw_proposal(by=author, proposal=gone, confirmation=gone.lead.name)
    after_closing(monkeypatch, held.challenge)
    session = held.open()
    assert (len(session.opened), session.failures) == (1, [])


@pytest.mark.parametrize("failing", ["row", "attachment"])
def test_a_file_whose_row_cannot_be_written_is_not_left_in_the_clear(monkeypatch, failing):
    held = sealed_call()
    draft, author = sealed_draft(held)
    attach_file(by=author, proposal=draft, upload=SimpleUploadedFile("uno.pdf", IN_FILE))
    submit_proposal(by=author, proposal=draft, revision=draft.revision)

    def refuse(*_args, **_kwargs):
        raise DatabaseError

    after_closing(monkeypatch, held.challenge)
    if failing == "row":
        monkeypatch.setattr(StoredFile, "save", refuse)
    else:
        monkeypatch.setattr(Attachment.objects, "create", refuse)
    assert reasons(held.open()) == [OpeningFailure.UNREADABLE]
    files = [one for one in Path(settings.MINKA_DATA, "files").rglob("*") if one.is_file()]
    assert [one for one in files if IN_FILE in one.read_bytes()] == []


def test_who_answers_a_sealed_call_is_not_told_by_the_page_of_the_ledger(monkeypatch, client):
    held = sealed_call()
    _receipt, _draft, author = handed_in(held)
    name = author.get_full_name()
    for person in (held.team, UserFactory(roles=["auditor"])):
        client.force_login(person)
        page = client.get(reverse("core:ledger"), {"lang": "es"}).content.decode()
        assert "innovation.proposal" in page
        assert name not in page
    after_closing(monkeypatch, held.challenge)
    held.open()
    client.force_login(held.team)
    assert name in client.get(reverse("core:ledger")).content.decode()
