"""What happens at the same time: two openings, a withdrawal, a colleague, a passphrase."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minka.core.errors import Conflict, InvalidInput, TooOften, WrongState
from minka.core.models import LedgerEntry, StoredFile
from minka.innovation.actions import custody, handing_in, opening, passphrases
from minka.innovation.actions.attachments import attach_file
from minka.innovation.actions.ceremony import make_key
from minka.innovation.actions.custody import get_ready
from minka.innovation.actions.deadlines import grant_more_time
from minka.innovation.actions.handing_in import submit_proposal
from minka.innovation.actions.proposals import save_draft, withdraw_proposal
from minka.innovation.models import CallKey, OpeningSession, Proposal, Receipt
from tests.innovation.sealing_stories import (
    PASSPHRASE,
    WORDS,
    after_closing,
    call_in_preparation,
    custodians_named,
    quick_passphrases,
    sealed_call,
    sealed_draft,
)

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 plano"


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    quick_passphrases(monkeypatch)


def handed_in(held, **words):
    draft, author = sealed_draft(held, **words)
    submit_proposal(by=author, proposal=draft, revision=draft.revision)
    return draft, author


def depth():
    return len(connection.savepoint_ids)


def test_the_key_moves_on_when_a_session_begins_so_that_nobody_is_given_more_time(monkeypatch):
    held = sealed_call()
    draft, _author = handed_in(held)
    after_closing(monkeypatch, held.challenge)
    states = []
    real = opening.open_one

    def look(**kwargs):
        states.append(CallKey.objects.get().state)
        return real(**kwargs)

    monkeypatch.setattr(opening, "open_one", look)
    held.open()
    assert states == ["opened"]
    with pytest.raises(WrongState):
        grant_more_time(
            by=held.team,
            challenge=held.challenge,
            lead=draft.lead,
            until=after_closing(monkeypatch, held.challenge, days=2),
            reason="Corte de energía en la región, acreditado.",
            authorised_by="Luz Paredes",
        )


def test_more_time_given_while_the_shares_are_typed_stops_the_session(monkeypatch):
    """Between the look at the clock and the lock somebody is given more time."""
    held = sealed_call()
    draft, _author = handed_in(held)
    after_closing(monkeypatch, held.challenge)
    real = opening.joined_key

    def meanwhile(**kwargs):
        made = real(**kwargs)
        grant_more_time(
            by=held.team,
            challenge=held.challenge,
            lead=draft.lead,
            until=held.challenge.call.closes_at + timedelta(days=2),
            reason="Corte de energía en la región, acreditado.",
            authorised_by="Luz Paredes",
        )
        return made

    monkeypatch.setattr(opening, "joined_key", meanwhile)
    with pytest.raises(WrongState):
        held.open()
    assert Proposal.objects.get().is_sealed
    assert CallKey.objects.get().state == "in_force"


def test_a_second_session_that_begins_with_the_first_opens_nothing_twice(monkeypatch):
    held = sealed_call()
    handed_in(held)
    after_closing(monkeypatch, held.challenge)
    real, done = opening.joined_key, []

    def meanwhile(**kwargs):
        made = real(**kwargs)
        if not done:
            done.append(True)
            held.open(1, 3)
        return made

    monkeypatch.setattr(opening, "joined_key", meanwhile)
    with pytest.raises(WrongState):
        held.open(1, 2)
    assert LedgerEntry.objects.filter(verb="innovation.proposal_open").count() == 1
    assert OpeningSession.objects.filter(kind="opening").count() == 1


def test_one_that_is_withdrawn_or_opened_meanwhile_is_left_as_it_is(monkeypatch):
    held = sealed_call()
    gone, author = handed_in(held)
    after_closing(monkeypatch, held.challenge)
    stale = list(Proposal.objects.defer("locked"))
    monkeypatch.setattr(opening, "still_sealed", lambda **_kwargs: stale)
    withdraw_proposal(by=author, proposal=gone, confirmation=gone.lead.name)
    session = held.open()
    assert (session.opened, session.failures) == ([], [])
    gone = Proposal.objects.get(pk=gone.pk)
    assert (gone.is_sealed, gone.title, gone.state) == (True, "", "withdrawn")


def test_one_damaged_row_is_reported_and_the_rest_opens_and_is_listed(monkeypatch, client):
    held = sealed_call()
    broken, author = sealed_draft(held)
    submit_proposal(by=author, proposal=broken, revision=broken.revision, keep_copy=True)
    whole, _other = handed_in(held)
    Proposal.objects.filter(pk=broken.pk).update(locked=b"\x01 damaged")
    client.force_login(author)
    assert client.get("/propuestas/").status_code == 200
    assert client.get(f"/propuestas/{broken.public_id}/").status_code == 200
    assert client.get("/api/innovation/proposals").status_code == 200
    after_closing(monkeypatch, held.challenge)
    opened = {one["proposal"] for one in held.open().opened}
    assert opened == {str(broken.public_id), str(whole.public_id)}  # the sealed text is whole


def test_a_damaged_draft_is_not_written_over():
    held = sealed_call()
    draft, author = sealed_draft(held)
    Proposal.objects.filter(pk=draft.pk).update(locked=b"\x01 damaged")
    with pytest.raises(WrongState):
        save_draft(by=author, proposal=draft, revision=draft.revision, values={"title": "x"})
    assert bytes(Proposal.objects.defer("locked").get(pk=draft.pk).locked) == b"\x01 damaged"


def test_sealing_takes_no_lock_and_the_clock_is_read_after_it(monkeypatch):
    held = sealed_call()
    draft, author = sealed_draft(held)
    before, order = depth(), []
    seal, clock = handing_in.seal_parts, handing_in.open_call

    def sealing(**kwargs):
        order.append(("seal", depth() - before))
        return seal(**kwargs)

    def looking(*args, **kwargs):
        order.append(("clock", depth() - before))
        return clock(*args, **kwargs)

    monkeypatch.setattr(handing_in, "seal_parts", sealing)
    monkeypatch.setattr(handing_in, "open_call", looking)
    submit_proposal(by=author, proposal=draft, revision=draft.revision)
    assert order == [("seal", 0), ("clock", 1)]


@pytest.mark.parametrize("change", ["words", "file"])
def test_what_a_colleague_changes_while_it_is_sealed_is_not_lost(monkeypatch, change):
    held = sealed_call()
    draft, author = sealed_draft(held)
    seal = handing_in.seal_parts

    def meanwhile(**kwargs):
        parts = seal(**kwargs)
        if change == "words":
            save_draft(by=author, proposal=draft, revision=draft.revision, values={"title": "B"})
        else:
            upload = SimpleUploadedFile("plano.pdf", PDF)
            attach_file(by=author, proposal=draft, upload=upload)
        return parts

    monkeypatch.setattr(handing_in, "seal_parts", meanwhile)
    files = StoredFile.objects.count()
    with pytest.raises(Conflict):
        submit_proposal(by=author, proposal=draft, revision=draft.revision)
    draft = Proposal.objects.get(pk=draft.pk)
    assert (draft.state, Receipt.objects.count()) == ("draft", 0)
    assert StoredFile.objects.count() == files + (change == "file")
    assert draft.title == ("B" if change == "words" else WORDS["title"])


def test_passphrases_are_stretched_outside_of_transactions_and_not_without_end(monkeypatch):
    challenge, team = call_in_preparation()
    custodian = custodians_named(challenge, team, made=1)[0]
    before, depths = depth(), []
    enrol = custody.enrol
    monkeypatch.setattr(
        custody, "enrol", lambda phrase: (depths.append(depth() - before), enrol(phrase))[1]
    )
    monkeypatch.setattr(passphrases, "MOST_TRIES", 2)
    words = {"passphrase": PASSPHRASE, "again": PASSPHRASE}
    for _time in range(2):
        get_ready(by=custodian.user, custodian=custodian, **words)
    assert depths == [0, 0]
    with pytest.raises(TooOften):
        get_ready(by=custodian.user, custodian=custodian, **words)


def test_shares_are_joined_outside_of_transactions(monkeypatch):
    held = sealed_call()
    handed_in(held)
    after_closing(monkeypatch, held.challenge)
    before, depths, real = depth(), [], opening.joined_key
    monkeypatch.setattr(
        opening,
        "joined_key",
        lambda **kwargs: (depths.append(depth() - before), real(**kwargs))[1],
    )
    held.open()
    assert depths == [0]


@pytest.mark.only_postgresql  # every write waits on SQLite
def test_who_gets_ready_and_the_making_of_the_key_wait_for_each_other():
    challenge, team = call_in_preparation()
    custodians = custodians_named(challenge, team)
    for one in custodians:
        get_ready(by=one.user, custodian=one, passphrase=PASSPHRASE, again=PASSPHRASE)
    with CaptureQueriesContext(connection) as asked:
        one = custodians[0]
        get_ready(by=one.user, custodian=one, passphrase=PASSPHRASE, again=PASSPHRASE)
        make_key(by=team, challenge=challenge)
    locks = [q["sql"] for q in asked if "FOR UPDATE" in q["sql"] and "callkey" in q["sql"]]
    assert len(locks) >= 2


def test_names_of_a_session_are_those_of_custodians_not_what_shares_say(monkeypatch):
    """Whoever holds a share can lock it again under any name."""
    held = sealed_call()
    after_closing(monkeypatch, held.challenge)
    share = custody.unlock_share(held.shares[0].text, held.shares[0].passphrase)
    renamed = custody.lock_share(
        share, held.shares[0].passphrase, call=held.challenge.key.code, custodian="El Presidente"
    )
    held.shares[0] = type(held.shares[0])(renamed, held.shares[0].passphrase)
    session = held.open(1, 2)
    names = [str(one.user.get_full_name()) for one in CallKey.objects.get().holders()[:2]]
    assert [name in told for name, told in zip(names, session.given_by, strict=True)] == [True] * 2
    assert "El Presidente" not in str(session.given_by)


def test_more_time_has_an_end():
    held = sealed_call()
    draft, _author = sealed_draft(held)
    closes = held.challenge.call.closes_at
    with pytest.raises(InvalidInput) as wrong:
        grant_more_time(
            by=held.team,
            challenge=held.challenge,
            lead=draft.lead,
            until=closes.replace(year=closes.year + 10),
            reason="Corte de energía en la región, acreditado.",
            authorised_by="Luz Paredes",
        )
    assert set(wrong.value.fields) == {"until"}


def test_the_page_of_the_opening_stands_for_a_call_without_dates(client):
    challenge, team = call_in_preparation()
    custodians_named(challenge, team, made=1)
    challenge.call.delete()
    client.force_login(team)
    assert client.get(f"/desafios/{challenge.slug}/apertura/").status_code == 200
