"""Ties between organisations: who may state, see, change and withdraw them."""

from datetime import date
from itertools import pairwise

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.urls import reverse

from minka.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry
from minka.knowledge.actions.identity import merge_actors, undo_resolution
from minka.knowledge.actions.ties import (
    TieFacts,
    change_tie,
    state_tie,
    tie_of_act,
    withdraw_tie,
)
from minka.knowledge.models import Relation
from minka.knowledge.queries.directory import DirectoryFilter
from minka.knowledge.queries.network import NetworkWanted, listed_ties, path_between
from minka.knowledge.queries.ties import network_of, ties, ties_version
from tests.factories import ActorFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
STRANGER = AnonymousUser()
HIDDEN = TieFacts(is_public=False)


def tied(tail, head, kind="supplies", **facts):
    return state_tie(
        by=UserFactory(is_staff=True), tail=tail, head=head, kind=kind, facts=TieFacts(**facts)
    )


def test_the_team_states_a_tie_of_anybody_and_the_ledger_keeps_it():
    tie = tied(ActorFactory(), ActorFactory())
    assert (tie.state, tie.origin, tie.is_public) == ("standing", "entered", True)
    entry = LedgerEntry.objects.get(verb="knowledge.tie_state")
    assert "supplies" in entry.data


def test_an_editor_states_ties_of_their_own_organisation_and_of_no_other():
    mine, other, third = ActorFactory.create_batch(3)
    editor = MembershipFactory(actor=mine, is_editor=True).user
    assert state_tie(by=editor, tail=mine, head=other, kind="funds").stated_by == editor
    assert state_tie(by=editor, tail=other, head=mine, kind="trains")
    with pytest.raises(NotAllowed):
        state_tie(by=editor, tail=other, head=third, kind="funds")


def test_nobody_has_a_tie_with_themselves():
    one = ActorFactory()
    with pytest.raises(InvalidInput):
        tied(one, one)
    with pytest.raises(IntegrityError), transaction.atomic():
        Relation.objects.create(tail=one, head=one, kind="funds", origin="born")


def test_the_same_tie_is_stated_once_also_when_read_from_the_other_end():
    one, other = ActorFactory.create_batch(2)
    tied(one, other)
    with pytest.raises(Conflict):
        tied(one, other)
    assert tied(other, one)  # that one supplies the other does not say that the other does
    tied(one, other, "researches_with")
    with pytest.raises(Conflict):
        tied(other, one, "researches_with")


def test_what_makes_no_sense_is_refused():
    one, other = ActorFactory.create_batch(2)
    with pytest.raises(InvalidInput) as refused:
        tied(one, other, starts_on=date(2020, 1, 1), ends_on=date(2019, 1, 1))
    assert "ends_on" in refused.value.fields
    with pytest.raises(InvalidInput):
        tied(one, other, "knows")
    with pytest.raises(InvalidInput):
        tied(one, other, confidence=0)


def test_a_withdrawn_tie_is_kept_not_shown_and_can_be_stated_again():
    tie = tied(ActorFactory(), ActorFactory())
    withdraw_tie(by=UserFactory(is_staff=True), tie=tie)
    assert not ties(viewer=UserFactory(is_staff=True)).exists()
    with pytest.raises(WrongState):
        withdraw_tie(by=UserFactory(is_staff=True), tie=tie)
    assert tied(tie.tail, tie.head).pk != tie.pk


def test_what_changes_is_recorded_and_what_does_not_is_not():
    tie = tied(ActorFactory(), ActorFactory())
    staff = UserFactory(is_staff=True)
    before = ties_version(viewer=STRANGER)
    change_tie(by=staff, tie=tie, facts=TieFacts(starts_on=date(2021, 5, 1), note="  visto  allí "))
    tie.refresh_from_db()
    assert (tie.starts_on, tie.note) == (date(2021, 5, 1), "visto allí")
    assert ties_version(viewer=STRANGER) != before
    change_tie(by=staff, tie=tie, facts=TieFacts(starts_on=date(2021, 5, 1), note="visto allí"))
    assert LedgerEntry.objects.filter(verb="knowledge.tie_change").count() == 1


def test_an_editor_corrects_what_was_stated_by_hand_but_not_what_a_sheet_or_an_act_says():
    mine, other = ActorFactory.create_batch(2)
    editor = MembershipFactory(actor=mine, is_editor=True).user
    assert withdraw_tie(by=editor, tie=tied(mine, other)).state == "withdrawn"
    born = tie_of_act(tail=mine, head=other, kind="funds", act="made.up:1")
    with pytest.raises(NotAllowed):
        withdraw_tie(by=editor, tie=born)


def test_strangers_see_public_ties_the_two_and_the_team_see_all():
    one, other, third = ActorFactory.create_batch(3)
    hidden = tied(one, other, is_public=False)
    public = tied(other, third)
    member = MembershipFactory(actor=other).user
    asking = MembershipFactory(actor=other, state="requested").user
    for viewer in (STRANGER, UserFactory(), MembershipFactory(actor=third).user, asking):
        assert list(ties(viewer=viewer)) == [public]
    for viewer in (member, UserFactory(is_staff=True)):
        assert set(ties(viewer=viewer)) == {hidden, public}
    assert ties_version(viewer=member) != ties_version(viewer=STRANGER)


def test_a_stranger_finds_no_path_over_a_hidden_tie_and_no_word_of_it_on_any_page(client):
    one, other = ActorFactory(name="Minera Uno"), ActorFactory(name="Proveedora Dos")
    tied(one, other, is_public=False, note="secreto comercial")
    wanted = NetworkWanted(start=one, end=other)
    assert path_between(viewer=STRANGER, wanted=wanted) == []
    assert len(path_between(viewer=UserFactory(is_staff=True), wanted=wanted)) == 2
    address = reverse("knowledge:network")
    pages = [
        client.get(address).content.decode(),
        client.get(address, {"focus": one.public_id}).content.decode(),
        client.get(reverse("knowledge:network_data")).content.decode(),
        client.get(reverse("knowledge:actor", args=[one.public_id])).content.decode(),
        client.get(reverse("knowledge:network_metrics")).content.decode(),
    ]
    assert not any("Proveedora Dos" in page or "secreto comercial" in page for page in pages)


def test_a_tie_with_dates_holds_between_them():
    tie = tied(ActorFactory(), ActorFactory(), starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1))
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2021, 1, 1), date(2021, 1, 2)]
    assert [ties(viewer=STRANGER, on_date=day).exists() for day in days] == [
        False, True, True, False,
    ]  # fmt: skip
    assert tie in ties(viewer=STRANGER)


def test_the_network_holds_who_fits_and_the_ties_between_them_in_two_statements(
    django_assert_num_queries,
):
    mine = ActorFactory(kind="mining_company")
    suppliers = ActorFactory.create_batch(3)
    for supplier in suppliers:
        tied(supplier, mine)
    tied(suppliers[0], suppliers[1], "partner_in")
    with django_assert_num_queries(2):
        whole = network_of(viewer=STRANGER, wanted=DirectoryFilter())
    assert (len(whole.ids), len(whole.relations)) == (4, 4)
    assert whole.is_directed.tolist() == [True, True, True, False]
    only = network_of(viewer=STRANGER, wanted=DirectoryFilter(kinds=("supplier",)))
    assert (len(only.ids), only.network.simple.ecount()) == (3, 1)
    funds = network_of(viewer=STRANGER, wanted=DirectoryFilter(), kinds=("funds",))
    assert funds.relations == []


def test_the_neighbourhood_grows_with_its_steps():
    chain = ActorFactory.create_batch(4)
    for one, other in pairwise(chain):
        tied(one, other)
    near = [
        listed_ties(viewer=STRANGER, wanted=NetworkWanted(focus=chain[0], steps=steps)).count()
        for steps in (1, 2)
    ]
    assert near == [1, 2]


def test_an_act_makes_its_tie_once_and_none_with_oneself():
    one, other = ActorFactory.create_batch(2)
    facts = TieFacts(starts_on=date(2026, 1, 1))
    act = {"kind": "proposes_with", "act": "innovation.proposal:41", "facts": facts}
    born = tie_of_act(tail=one, head=other, **act)
    assert tie_of_act(tail=other, head=one, **act) == born  # both ways is one tie
    assert tie_of_act(tail=one, head=one, **act) is None
    withdraw_tie(by=UserFactory(is_staff=True), tie=born)
    assert tie_of_act(tail=one, head=other, **act).state == "withdrawn"
    assert LedgerEntry.objects.filter(verb="knowledge.tie_born").count() == 1


def test_ties_follow_a_merge_and_come_back_with_its_undoing():
    keep, gone, third, fourth = ActorFactory.create_batch(4)
    follows, same, between = tied(gone, third), tied(gone, fourth), tied(keep, gone)
    tied(keep, fourth)
    staff = UserFactory(is_staff=True)
    step = merge_actors(by=staff, keep=keep, gone=gone)
    shown = {(tie.tail_id, tie.head_id) for tie in ties(viewer=STRANGER)}
    assert shown == {(keep.pk, third.pk), (keep.pk, fourth.pk)}
    undo_resolution(by=staff, step=step)
    for tie in (follows, same, between):
        tie.refresh_from_db()
    assert (follows.tail_id, same.tail_id, between.head_id) == (gone.pk, gone.pk, gone.pk)
    assert ties(viewer=STRANGER).count() == 4


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_costs_the_same_for_one_tie_or_four(client, count, django_assert_max_num_queries):
    for _number in range(count):
        tied(ActorFactory(), ActorFactory())
    address = reverse("knowledge:network")
    client.get(address)
    with django_assert_max_num_queries(12):
        page = client.get(address).content.decode()
    assert page.count("supplies") + page.count("provee a") >= count


def test_the_form_says_who_could_be_meant_and_takes_a_code(client):
    mine = ActorFactory(name="Minera del Valle S.A.")
    one, other = (ActorFactory(name=f"Talleres Andinos {city}") for city in ("Ilo", "Tacna"))
    client.force_login(MembershipFactory(actor=mine, is_editor=True).user)
    address = reverse("knowledge:actor_ties", args=[mine.public_id])
    form = {"direction_kind": "supplies<", "confidence": "1.0", "is_public": "on"}
    several = client.post(address, {**form, "other": "Talleres Andinos"})
    assert several.status_code == 422
    assert one.public_id in several.content.decode()
    client.post(address, {**form, "other": other.public_id})
    tie = Relation.objects.get()
    assert (tie.tail, tie.head) == (other, mine)


def test_a_stranger_and_a_member_of_another_reach_no_form(client):
    tie = tied(ActorFactory(), ActorFactory(), is_public=False)
    client.force_login(MembershipFactory(is_editor=True).user)
    assert client.get(reverse("knowledge:actor_ties", args=[tie.tail.public_id])).status_code == 403
    assert client.get(reverse("knowledge:tie", args=[tie.pk])).status_code == 404
    assert client.post(reverse("knowledge:tie_withdraw", args=[tie.pk])).status_code == 404
    tie.refresh_from_db()
    assert tie.state == "standing"


def test_the_data_of_the_picture_are_sent_once(client):
    tied(ActorFactory(), ActorFactory(), starts_on=date(1970, 1, 11))
    first = client.get(reverse("knowledge:network_data"))
    feed = first.json()
    assert (len(feed["ids"]), feed["since"], feed["until"]) == (2, [10], [None])
    again = client.get(reverse("knowledge:network_data"), headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
