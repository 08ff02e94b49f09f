"""New shares of the same key: by k custodians, for a new list, without the server keeping it."""

import pytest
from django.urls import reverse

from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry, Notice
from minka.innovation.actions.ceremony import make_key
from minka.innovation.actions.custody import get_ready
from minka.innovation.actions.handing_in import submit_proposal
from minka.innovation.actions.opening import GivenShare
from minka.innovation.actions.resharing import (
    abandon_resharing,
    begin_resharing,
    make_new_shares,
    name_new_custodian,
    remove_new_custodian,
)
from minka.innovation.models import CallKey, Custodian, Resharing
from minka.innovation.queries.work_proposals import work_items
from minka.methods.sealing.armour import lock_share, unlock_share
from minka.methods.sealing.shares import join_shares, split_key
from tests.factories import ActorFactory, MembershipFactory, UserFactory
from tests.innovation.sealing_stories import (
    MINUTE,
    PASSPHRASE,
    PRESENT,
    after_closing,
    call_in_preparation,
    custodians_named,
    quick_passphrases,
    sealed_call,
    sealed_draft,
    shares_typed,
    taken_shares,
)

pytestmark = pytest.mark.django_db
REASON = "La custodia de la universidad perdió su parte."


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    quick_passphrases(monkeypatch)


def new_list(held, *, made=4, needed=3):
    """A resharing that is begun, its new custodians named and ready; the first goes on."""
    begin_resharing(by=held.team, challenge=held.challenge, needed=needed, reason=REASON)
    first = held.challenge.key.custodians.get(round=1, number=1)
    people = [(first.user, first.organisation)]
    for _place in range(made - 1):
        member = MembershipFactory(user=UserFactory(), actor=ActorFactory())
        people.append((member.user, member.actor))
    named = [
        name_new_custodian(by=held.team, challenge=held.challenge, person=one, organisation=actor)
        for one, actor in people
    ]
    for one in named:
        passphrase = PASSPHRASE.format(one.user_id)
        get_ready(by=one.user, custodian=one, passphrase=passphrase, again=passphrase)
    return named


def reshared(held, given):
    return make_new_shares(
        by=held.team, challenge=held.challenge, given=given, present=PRESENT, minute=MINUTE
    )


def handed_in(held):
    draft, author = sealed_draft(held)
    return submit_proposal(by=author, proposal=draft, revision=draft.revision)


def test_new_shares_open_and_the_old_ones_count_no_more(monkeypatch):
    held = sealed_call()
    handed_in(held)
    public_key = CallKey.objects.get().public_key
    named = new_list(held)
    reshared(held, held.give(1, 3))
    old, held.shares = held.shares, taken_shares(named)
    key = CallKey.objects.get()
    assert (key.round, key.needed, key.public_key) == (2, 3, public_key)
    after_closing(monkeypatch, held.challenge)
    new, held.shares = held.shares, old
    with pytest.raises(InvalidInput) as refused:
        held.open(1, 2, 3)
    assert set(refused.value.fields) == {"share_1", "share_2", "share_3"}
    held.shares = new
    with pytest.raises(InvalidInput):  # three are needed now
        held.open(1, 2)
    session = held.open(2, 3, 4)
    assert (len(session.opened), session.failures) == (1, [])
    names = [one.user.get_full_name() for one in named[1:]]
    assert [name in told for name, told in zip(names, session.given_by, strict=True)] == [True] * 3


def test_until_the_last_new_custodian_holds_hers_the_old_shares_open(monkeypatch):
    held = sealed_call()
    handed_in(held)
    named = new_list(held)
    reshared(held, held.give(2, 3))
    taken_shares(named[:3])
    assert CallKey.objects.get().round == 1
    after_closing(monkeypatch, held.challenge)
    assert len(held.open(1, 2).opened) == 1


def test_what_resharing_cannot_undo_k_old_shares_still_give_the_key():
    held = sealed_call()
    named = new_list(held)
    reshared(held, held.give(1, 2))
    taken_shares(named)
    kept = [unlock_share(one.text, one.passphrase) for one in held.give(1, 3)]
    assert len(join_shares(kept)) == 32


def test_the_server_keeps_neither_key_nor_share_and_the_ledger_tells_who_did_what():
    held = sealed_call()
    named = new_list(held)
    resharing = reshared(held, held.give(1, 2))
    taken_shares(named)
    assert {bytes(one.sealed_share) for one in Custodian.objects.all()} == {b""}
    verbs = set(LedgerEntry.objects.values_list("verb", flat=True))
    assert {f"innovation.resharing_{act}" for act in ("begin", "make", "end")} <= verbs
    resharing.refresh_from_db()
    assert (resharing.minute, len(resharing.given_by)) == (MINUTE, 2)
    told = Notice.objects.filter(kind="innovation.resharing_done")
    assert told.count() == 3 + 3  # the old ones and the new ones, one of whom is both


def test_shares_that_were_made_offline_open_and_their_names_are_marked(monkeypatch):
    held = sealed_call()
    handed_in(held)
    key = join_shares([unlock_share(one.text, one.passphrase) for one in held.give(1, 2)])
    made = split_key(key, needed=2, made=3)
    code = held.challenge.key.code
    held.shares = [
        GivenShare(lock_share(one, PASSPHRASE, call=code, custodian="Ana"), PASSPHRASE)
        for one in made
    ]
    after_closing(monkeypatch, held.challenge)
    session = held.open(1, 2)
    assert len(session.opened) == 1
    assert all("Ana (" in name for name in session.given_by)


def test_too_few_shares_or_somebody_who_is_not_ready_makes_none():
    held = sealed_call()
    named = new_list(held)
    with pytest.raises(InvalidInput):
        reshared(held, held.give(1))
    Custodian.objects.filter(pk=named[0].pk).update(public_half="", salt="", enrolled_at=None)
    with pytest.raises(InvalidInput):
        reshared(held, held.give(1, 2))
    remove_new_custodian(by=held.team, challenge=held.challenge, custodian=named[0])
    with pytest.raises(InvalidInput):  # as many as are needed are too few: none may be lost
        reshared(held, held.give(1, 2))
    assert Resharing.objects.get().made_at is None


def test_only_the_impartial_team_begins_and_only_while_something_is_sealed(monkeypatch):
    held = sealed_call()
    words = {"challenge": held.challenge, "needed": 2, "reason": REASON}
    custodian = held.challenge.key.custodians.first().user
    for person in (custodian, UserFactory()):
        with pytest.raises(NotAllowed):
            begin_resharing(by=person, **words)
    begin_resharing(by=held.team, **words)
    with pytest.raises(WrongState):
        begin_resharing(by=held.team, **words)
    abandon_resharing(by=held.team, challenge=held.challenge)
    after_closing(monkeypatch, held.challenge)
    held.open()
    with pytest.raises(WrongState):
        begin_resharing(by=held.team, **words)
    draft, team = call_in_preparation()
    custodians_named(draft, team)
    with pytest.raises(WrongState):
        begin_resharing(by=team, challenge=draft, needed=2, reason=REASON)


def test_shares_of_what_was_given_up_wait_nowhere_and_a_new_round_begins():
    held = sealed_call()
    named = new_list(held)
    reshared(held, held.give(1, 2))
    abandon_resharing(by=held.team, challenge=held.challenge)
    assert not Custodian.objects.exclude(sealed_share=b"").exists()
    assert list(work_items(viewer=named[1].user)) == []
    again = begin_resharing(by=held.team, challenge=held.challenge, needed=2, reason=REASON)
    assert again.round == 3


def test_if_all_are_needed_one_lost_share_loses_everything_so_it_is_refused():
    challenge, team = call_in_preparation()
    custodians = custodians_named(challenge, team, made=3, needed=3)
    for one in custodians:
        get_ready(by=one.user, custodian=one, passphrase=PASSPHRASE, again=PASSPHRASE)
    with pytest.raises(InvalidInput):
        make_key(by=team, challenge=challenge)


def test_who_lost_her_place_neither_opens_nor_sees_the_page(client):
    held = sealed_call()
    gone = held.challenge.key.custodians.get(round=1, number=3).user
    named = new_list(held)
    reshared(held, held.give(1, 2))
    taken_shares(named)
    client.force_login(gone)
    for name in ("opening", "resharing"):
        assert client.get(
            reverse(f"innovation:{name}", args=[held.challenge.slug])
        ).status_code in {
            403,
            404,
        }


@pytest.mark.parametrize("language", ["es", "en"])
def test_new_shares_are_made_on_a_page(client, language):
    held = sealed_call()
    address = reverse("innovation:resharing", args=[held.challenge.slug])
    client.force_login(UserFactory())
    assert client.get(address).status_code == 404
    client.force_login(held.team)
    assert client.post(address, {"do": "begin", "needed": 2, "reason": "x"}).status_code == 422
    client.post(address, {"do": "begin", "needed": 2, "reason": REASON})
    for _place in range(3):
        member = MembershipFactory(user=UserFactory(), actor=ActorFactory())
        client.post(address, {"do": "custodian", "email": member.user.email})
    named = list(Custodian.objects.filter(round=2))
    extra = MembershipFactory(user=UserFactory(), actor=ActorFactory())
    client.post(address, {"do": "custodian", "email": extra.user.email})
    client.post(address, {"do": "remove", "custodian": Custodian.objects.latest("pk").pk})
    for one in named:
        client.force_login(one.user)
        assert [item.icon for item in work_items(viewer=one.user)] == ["key-round"]
        own = reverse("innovation:custody", args=[one.pk])
        phrase = PASSPHRASE.format(one.user_id)
        assert "again" in client.get(own).content.decode()
        client.post(own, {"passphrase": phrase, "again": phrase})
    client.force_login(held.team)
    words = {"do": "make", "present": PRESENT, "minute": MINUTE}
    wrong = {**shares_typed(held, 1, 2), "passphrase_2": "no es esta frase"}
    answer = client.post(address, {**wrong, **words})
    assert answer.status_code == 422
    assert held.shares[0].passphrase not in answer.content.decode()
    client.post(address, {**shares_typed(held, 1, 2), **words})
    taken_shares(named)
    page = client.get(address, {"lang": language}).content.decode()
    assert REASON in page
    assert MINUTE in page
    assert CallKey.objects.get().round == 2
