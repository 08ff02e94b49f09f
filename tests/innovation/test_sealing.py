"""From the ceremony to the opening: what is sealed is read by k custodians together, and late."""

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from minka.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry
from minka.innovation.actions.assignments import assign_evaluators
from minka.innovation.actions.attachments import attach_file
from minka.innovation.actions.ceremony import (
    make_key,
    name_custodian,
    remove_custodian,
    restart_ceremony,
)
from minka.innovation.actions.custody import confirm_share, get_ready, take_share
from minka.innovation.actions.deadlines import grant_more_time
from minka.innovation.actions.handing_in import submit_proposal
from minka.innovation.actions.opening import rehearse_opening
from minka.innovation.actions.proposals import (
    reopen_proposal,
    save_draft,
    start_proposal,
    stop_replacing,
    withdraw_proposal,
)
from minka.innovation.actions.protection import choose_protection
from minka.innovation.models import Attachment, CallKey, Custodian, Proposal
from minka.innovation.queries.challenges_checklist import missing_to_publish
from minka.innovation.queries.proposals import count_received, submitted_to, visible_proposals
from minka.innovation.queries.receipts import still_matches
from minka.innovation.states import OpeningFailure
from tests.factories import ActorFactory, MembershipFactory, UserFactory
from tests.innovation.sealing_stories import (
    PASSPHRASE,
    PRESENT,
    WORDS,
    after_closing,
    call_in_preparation,
    custodians_named,
    quick_passphrases,
    sealed_call,
    sealed_draft,
    taken_shares,
)

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 plano de la perforadora"


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    quick_passphrases(monkeypatch)


def ready(custodians):
    for custodian in custodians:
        passphrase = PASSPHRASE.format(custodian.user_id)
        get_ready(by=custodian.user, custodian=custodian, passphrase=passphrase, again=passphrase)


def test_a_call_is_sealed_unless_somebody_says_otherwise_and_then_needs_its_rehearsal():
    challenge, team = call_in_preparation()
    assert "sealing" in missing_to_publish(challenge)
    choose_protection(by=team, challenge=challenge, protection="access")
    challenge.call.refresh_from_db()
    assert "sealing" not in missing_to_publish(challenge)


def test_custodians_are_of_different_organisations_and_belong_to_theirs():
    challenge, team = call_in_preparation()
    first = custodians_named(challenge, team, made=1)[0]
    colleague = MembershipFactory(actor=first.organisation).user
    with pytest.raises(Conflict):
        name_custodian(
            by=team, challenge=challenge, person=colleague, organisation=first.organisation
        )
    with pytest.raises(InvalidInput):
        name_custodian(
            by=team, challenge=challenge, person=UserFactory(), organisation=ActorFactory()
        )
    with pytest.raises(NotAllowed):
        remove_custodian(by=first.user, custodian=first)
    remove_custodian(by=team, custodian=first)
    assert not Custodian.objects.exists()


def test_the_key_is_made_only_when_all_are_ready_and_the_server_keeps_no_share():
    challenge, team = call_in_preparation()
    custodians = custodians_named(challenge, team)
    ready(custodians[:2])
    with pytest.raises(InvalidInput, match=str(custodians[2].user)):
        make_key(by=team, challenge=challenge)
    ready(custodians[2:])
    key = make_key(by=team, challenge=challenge)
    assert (key.state, key.needed, len(key.public_key)) == ("made", 2, 64)
    with pytest.raises(WrongState):
        make_key(by=team, challenge=challenge)
    held = taken_shares(custodians)
    assert {bytes(one.sealed_share) for one in Custodian.objects.all()} == {b""}
    assert "BEGIN MINKA SHARE" in held[0].text
    assert f"Call: {key.code}" in held[0].text


def test_a_share_is_taken_by_its_custodian_alone_and_with_her_passphrase():
    challenge, team = call_in_preparation()
    custodians = custodians_named(challenge, team)
    ready(custodians)
    make_key(by=team, challenge=challenge)
    first, second = custodians[:2]
    first.refresh_from_db()
    with pytest.raises(NotAllowed):
        take_share(by=team, custodian=first, passphrase=PASSPHRASE.format(first.user_id))
    with pytest.raises(InvalidInput) as wrong:
        take_share(by=first.user, custodian=first, passphrase="otra frase de paso")
    assert "passphrase" in wrong.value.fields
    others = PASSPHRASE.format(second.user_id)
    second.refresh_from_db()
    text = take_share(by=second.user, custodian=second, passphrase=others)
    with pytest.raises(InvalidInput):  # a colleague's share proves nothing
        confirm_share(by=first.user, custodian=first, text=text, passphrase=others)


@pytest.mark.parametrize(
    ("passphrase", "again", "field"),
    [("corta", "corta", "passphrase"), ("una frase larga aquí", "una frase larga", "again")],
)
def test_a_passphrase_is_long_and_typed_twice(passphrase, again, field):
    challenge, team = call_in_preparation()
    custodian = custodians_named(challenge, team, made=1)[0]
    with pytest.raises(InvalidInput) as wrong:
        get_ready(by=custodian.user, custodian=custodian, passphrase=passphrase, again=again)
    assert set(wrong.value.fields) == {field}


def test_a_rehearsal_waits_for_every_share_and_needs_k_of_them():
    challenge, team = call_in_preparation()
    custodians = custodians_named(challenge, team)
    ready(custodians)
    make_key(by=team, challenge=challenge)
    held = taken_shares(custodians[:2])
    with pytest.raises(WrongState):
        rehearse_opening(by=team, challenge=challenge, given=held, present=PRESENT)
    held += taken_shares(custodians[2:])
    with pytest.raises(InvalidInput):
        rehearse_opening(by=team, challenge=challenge, given=held[:1], present=PRESENT)
    with pytest.raises(InvalidInput):  # one share twice is one share
        rehearse_opening(by=team, challenge=challenge, given=[held[0]] * 2, present=PRESENT)
    rehearse_opening(by=team, challenge=challenge, given=held[1:], present=PRESENT)
    assert "sealing" not in missing_to_publish(challenge)
    entry = LedgerEntry.objects.get(verb="innovation.opening_rehearse")
    assert len(entry.details["shares"]) == 2


def test_a_key_that_no_call_uses_can_be_made_anew_and_the_old_shares_open_nothing():
    challenge, team = call_in_preparation()
    custodians = custodians_named(challenge, team)
    ready(custodians)
    make_key(by=team, challenge=challenge)
    old = taken_shares(custodians)
    restart_ceremony(by=team, challenge=challenge)
    for one in custodians:
        one.refresh_from_db()
    ready(custodians)
    make_key(by=team, challenge=challenge)
    taken_shares(custodians)
    with pytest.raises(InvalidInput):
        rehearse_opening(by=team, challenge=challenge, given=old[:2], present=PRESENT)


def test_what_was_sealed_is_opened_by_two_of_three_and_evaluated_as_ever(monkeypatch):
    held = sealed_call()
    draft, author = sealed_draft(held)
    attach_file(by=author, proposal=draft, upload=SimpleUploadedFile("plano.pdf", PDF))
    receipt = submit_proposal(by=author, proposal=draft, revision=draft.revision)
    assert [part["name"] for part in receipt.parts] == ["proposal", "attachment-1"]
    assert still_matches(receipt)
    evaluator = UserFactory(roles=["evaluator"])
    pairs = [(draft.pk, evaluator.pk)]
    after_closing(monkeypatch, held.challenge)
    assert not submitted_to(viewer=held.team, challenge=held.challenge)
    with pytest.raises(WrongState):
        assign_evaluators(by=held.team, challenge=held.challenge, pairs=pairs)
    session = held.open(1, 3)
    assert (len(session.opened), session.failures) == (1, [])
    found = visible_proposals(viewer=held.team).get()
    assert {name: getattr(found, name) for name in WORDS} == WORDS
    attachment = found.attachments.get()
    assert attachment.file.name == "plano.pdf"
    assert attachment.file.media_type == "application/pdf"
    with attachment.file.content.open("rb") as file:
        assert file.read() == PDF
    assert still_matches(receipt)
    assert assign_evaluators(by=held.team, challenge=held.challenge, pairs=pairs)
    assert CallKey.objects.get().state == "opened"
    verbs = LedgerEntry.objects.values_list("verb", flat=True)
    assert {
        "innovation.opening_begin",
        "innovation.proposal_open",
        "innovation.opening_end",
    } <= set(verbs)


def test_a_draft_is_read_and_written_as_ever_by_its_own_people():
    held = sealed_call()
    draft, author = sealed_draft(held)
    again = save_draft(
        by=author, proposal=draft, revision=draft.revision, values={"title": "Otro título"}
    )
    draft.refresh_from_db()
    assert (draft.title, draft.summary) == ("Otro título", WORDS["summary"])
    assert draft.requested_usd == WORDS["requested_usd"]
    same = save_draft(
        by=author, proposal=draft, revision=again.revision, values={"title": "Otro título"}
    )
    assert same.revision == again.revision
    save_draft(by=author, proposal=draft, revision=again.revision, values={"title": ""})
    with pytest.raises(InvalidInput):
        submit_proposal(by=author, proposal=draft, revision=draft.revision)


def test_after_handing_in_no_copy_is_left_unless_it_is_asked_for():
    held = sealed_call()
    for keep, left in ((False, 0), (True, 1)):
        draft, author = sealed_draft(held)
        attach_file(by=author, proposal=draft, upload=SimpleUploadedFile("plano.pdf", PDF))
        submit_proposal(by=author, proposal=draft, revision=draft.revision, keep_copy=keep)
        draft = Proposal.objects.get(pk=draft.pk)
        assert (draft.title != "") is keep
        assert Attachment.objects.filter(proposal=draft).count() == left


def test_what_is_sealed_counts_until_another_is_sealed_in_its_place(monkeypatch):
    held = sealed_call()
    kept, author = sealed_draft(held, title="La primera")
    submit_proposal(by=author, proposal=kept, revision=kept.revision)
    reopen_proposal(by=author, proposal=kept)
    save_draft(by=author, proposal=kept, revision=kept.revision, values={"title": "A medias"})
    replaced, other = sealed_draft(held, title="La primera de otros")
    submit_proposal(by=other, proposal=replaced, revision=replaced.revision, keep_copy=True)
    reopen_proposal(by=other, proposal=replaced)
    save_draft(
        by=other, proposal=replaced, revision=replaced.revision, values={"title": "La última"}
    )
    replaced.refresh_from_db()
    submit_proposal(by=other, proposal=replaced, revision=replaced.revision)
    assert count_received(challenge=held.challenge) == 2
    after_closing(monkeypatch, held.challenge)
    with pytest.raises(WrongState):
        submit_proposal(by=author, proposal=kept, revision=kept.revision)
    held.open()
    titles = set(Proposal.objects.values_list("title", flat=True))
    assert titles == {"La primera", "La última"}


def test_a_replacement_can_be_given_up_and_a_withdrawn_proposal_is_never_opened(monkeypatch):
    held = sealed_call()
    kept, author = sealed_draft(held)
    submit_proposal(by=author, proposal=kept, revision=kept.revision)
    reopen_proposal(by=author, proposal=kept)
    stop_replacing(by=author, proposal=kept)
    assert not kept.is_writable
    gone, other = sealed_draft(held)
    submit_proposal(by=other, proposal=gone, revision=gone.revision)
    withdraw_proposal(by=other, proposal=gone, confirmation=gone.lead.name)
    after_closing(monkeypatch, held.challenge)
    session = held.open()
    assert [one["proposal"] for one in session.opened] == [str(kept.public_id)]
    gone = Proposal.objects.get(pk=gone.pk)
    assert (gone.is_sealed, gone.title) == (True, "")


def test_one_that_does_not_open_is_reported_and_opens_later_when_it_is_mended(monkeypatch):
    held = sealed_call()
    broken, author = sealed_draft(held)
    receipt = submit_proposal(by=author, proposal=broken, revision=broken.revision)
    whole, other = sealed_draft(held)
    submit_proposal(by=other, proposal=whole, revision=whole.revision)
    stored = receipt.sealed_parts.get().file
    path = Path(stored.content.path)
    right = path.read_bytes()
    path.write_bytes(right[:-1] + bytes([right[-1] ^ 1]))
    after_closing(monkeypatch, held.challenge)
    session = held.open()
    assert [one["reason"] for one in session.failures] == [OpeningFailure.BYTES_DIFFER]
    assert [one["proposal"] for one in session.opened] == [str(whole.public_id)]
    listed = submitted_to(viewer=held.team, challenge=held.challenge)
    assert {one.title for one in listed} == {"", WORDS["title"]}
    path.write_bytes(right)
    again = held.open()
    assert (len(again.opened), again.failures) == (1, [])
    assert Proposal.objects.get(pk=broken.pk).title == WORDS["title"]


def test_more_time_for_one_is_quoted_in_its_receipt_and_keeps_everything_sealed(monkeypatch):
    held = sealed_call()
    late, author = sealed_draft(held)
    other, somebody = sealed_draft(held)
    closes = held.challenge.call.closes_at
    with pytest.raises(InvalidInput) as wrong:
        grant_more_time(
            by=held.team,
            challenge=held.challenge,
            lead=late.lead,
            until=closes,
            reason="corta",
            authorised_by="",
        )
    assert set(wrong.value.fields) == {"until", "reason", "authorised_by"}
    after_closing(monkeypatch, held.challenge, minutes=5)
    until = after_closing(monkeypatch, held.challenge, hours=3)
    after_closing(monkeypatch, held.challenge, minutes=5)
    grant_more_time(
        by=held.team,
        challenge=held.challenge,
        lead=late.lead,
        until=until,
        reason="Corte de energía en la región, acreditado.",
        authorised_by="Luz Paredes, directora",
    )
    with pytest.raises(WrongState):
        submit_proposal(by=somebody, proposal=other, revision=other.revision)
    receipt = submit_proposal(by=author, proposal=late, revision=late.revision)
    said = json.loads(receipt.signed)["receipt"]
    assert said["exception"]["authorised_by"] == "Luz Paredes, directora"
    assert receipt.deadline_at == until
    with pytest.raises(WrongState):
        held.open()
    after_closing(monkeypatch, held.challenge, hours=4)
    assert len(held.open().opened) == 1


def test_only_custodians_and_the_impartial_team_open(monkeypatch):
    held = sealed_call()
    after_closing(monkeypatch, held.challenge)
    stranger = held.team
    held.team = UserFactory()
    with pytest.raises(NotAllowed):
        held.open()
    competing = UserFactory(is_staff=True)
    monkeypatch.undo()
    member = MembershipFactory(user=competing, actor=ActorFactory())
    start_proposal(by=competing, challenge=held.challenge, lead=member.actor)
    held.team = competing
    with pytest.raises(NotAllowed):
        held.open()
    assert stranger.is_staff
