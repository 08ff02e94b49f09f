import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry
from minka.knowledge.actions.identity import (
    TwoTaxIdsError,
    merge_actors,
    split_actor,
    undo_resolution,
)
from minka.knowledge.actions.identity_moves import DoubledError
from minka.knowledge.models import Actor, Identifier, Membership, Record
from minka.knowledge.queries.directory import visible_actors
from minka.knowledge.signals import actors_merged, actors_merging
from tests.factories import (
    MembershipFactory,
    ProblemFactory,
    ProposalFactory,
    ThemeFactory,
    UserFactory,
)
from tests.knowledge.resolution import everything, number, recorded
from tests.knowledge.sheets import RUCS

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    keep = recorded("Aceros Andinos S.A.C.", email="ventas@aceros.example")
    gone = recorded("Aceros Andinos", phone=["054 555123"], trade_name="Andinox")
    return keep, gone


def test_everything_follows_and_the_old_id_leads_to_the_one_that_stays(client, team, pair):
    keep, gone = pair
    number(gone, RUCS[0])
    gone.themes.add(theme := ThemeFactory())
    member = MembershipFactory(actor=gone).user
    problem, proposal = ProblemFactory(company=gone), ProposalFactory(lead=gone)
    merge_actors(by=team, keep=keep, gone=gone, reason="mismo dominio")
    for thing in (keep, problem, proposal):
        thing.refresh_from_db()
    assert problem.company == proposal.lead == keep
    assert (keep.email, keep.phone) == ("ventas@aceros.example", "054 555123")
    assert keep.record_count == keep.records.count() == 2
    assert set(keep.other_names.values_list("text", flat=True)) >= {"Aceros Andinos", "Andinox"}
    assert list(keep.themes.all()) == [theme]
    assert keep.identifiers.get().value == RUCS[0]
    assert Membership.objects.get(user=member, state="active").actor == keep
    answer = client.get(f"/actores/{gone.public_id}/")
    assert (answer.status_code, answer.url) == (
        302,
        f"/actores/{keep.public_id}/?de={gone.public_id}",
    )
    assert gone.name in client.get(answer.url).content.decode()
    assert list(visible_actors(viewer=team).filter(pk=gone.pk)) == []
    assert "Andinox" in keep.search_text or "andinox" in keep.search_text
    assert LedgerEntry.objects.last().verb == "knowledge.actors_merge"


def test_undoing_restores_exactly_what_was_there(team, pair):
    keep, gone = pair
    number(gone, RUCS[0])
    gone.themes.add(ThemeFactory())
    both = UserFactory()
    MembershipFactory(actor=keep, user=both, role="member")
    MembershipFactory(actor=gone, user=both, role="representative")
    MembershipFactory(actor=gone)
    ProblemFactory(company=gone)
    before = everything()
    step = merge_actors(by=team, keep=keep, gone=gone)
    assert Membership.objects.get(user=both, state="active").role == "representative"
    assert everything() != before
    undo_resolution(by=team, step=step)
    assert everything() == before
    with pytest.raises(WrongState):
        undo_resolution(by=team, step=step)


def test_two_valid_tax_ids_of_one_country_are_never_joined(team, pair):
    keep, gone = pair
    number(keep, RUCS[0])
    number(gone, RUCS[1])
    before = everything()
    with pytest.raises(TwoTaxIdsError):
        merge_actors(by=team, keep=keep, gone=gone)
    assert everything() == before
    with pytest.raises(IntegrityError), transaction.atomic():
        Identifier.objects.filter(actor=gone).update(actor=keep)


def test_tax_ids_of_two_countries_are_no_obstacle(team, pair):
    keep, gone = pair
    number(keep, RUCS[0])
    number(gone, "76123456-0", scheme="cl.rut")
    merge_actors(by=team, keep=keep, gone=gone)
    assert keep.identifiers.count() == 2


def test_two_live_proposals_to_one_challenge_refuse_the_merge(team, pair):
    keep, gone = pair
    first = ProposalFactory(lead=keep)
    ProposalFactory(lead=gone, challenge=first.challenge)
    before = everything()
    with pytest.raises(DoubledError):
        merge_actors(by=team, keep=keep, gone=gone)
    assert everything() == before


def test_a_line_that_refuses_is_heard(team, pair):
    def refuse(sender, keep, gone, **kwargs):
        raise WrongState("no")

    heard = []

    def hear(sender, keep, gone, step, **kwargs):
        heard.append((keep.pk, gone.pk, step.pk))

    actors_merging.connect(refuse)
    try:
        with pytest.raises(WrongState):
            merge_actors(by=team, keep=pair[0], gone=pair[1])
    finally:
        actors_merging.disconnect(refuse)
    actors_merged.connect(hear)
    try:
        step = merge_actors(by=team, keep=pair[0], gone=pair[1])
    finally:
        actors_merged.disconnect(hear)
    assert heard == [(pair[0].pk, pair[1].pk, step.pk)]


def test_only_the_team_joins_takes_apart_and_undoes(team, pair):
    keep, gone = pair
    member = MembershipFactory(actor=keep).user
    with pytest.raises(NotAllowed):
        merge_actors(by=member, keep=keep, gone=gone)
    step = merge_actors(by=team, keep=keep, gone=gone)
    with pytest.raises(NotAllowed):
        undo_resolution(by=member, step=step)
    with pytest.raises(NotAllowed):
        split_actor(by=member, actor=keep, records=list(keep.records.all()[:1]))


def test_an_id_leads_on_through_a_chain_in_one_statement(team, client, django_assert_num_queries):
    a, b, c = recorded("Uno"), recorded("Dos"), recorded("Tres")
    first = merge_actors(by=team, keep=b, gone=a)
    second = merge_actors(by=team, keep=c, gone=b)
    from minka.knowledge.queries.identity import living_actor

    with django_assert_num_queries(1):
        assert living_actor(viewer=team, public_id=a.public_id) == c
    with pytest.raises(WrongState):  # the later one first
        undo_resolution(by=team, step=first)
    undo_resolution(by=team, step=second)
    assert living_actor(viewer=team, public_id=a.public_id) == b
    undo_resolution(by=team, step=first)
    assert living_actor(viewer=team, public_id=a.public_id) == a


def test_the_rows_that_came_with_a_merge_go_back_to_their_former_actor(team, pair):
    keep, gone = pair
    number(gone, RUCS[0])
    record = gone.records.get()
    Record.objects.filter(pk=record.pk).update(
        values=record.values | {"tax_id": RUCS[0], "tax_scheme": "pe.ruc"}
    )
    merge_actors(by=team, keep=keep, gone=gone)
    step = split_actor(by=team, actor=keep, records=[record])
    gone.refresh_from_db()
    assert (step.other, gone.state, gone.records.get()) == (gone, "live", record)
    assert gone.identifiers.get().value == RUCS[0]
    assert Actor.objects.count() == 2


def test_one_row_taken_out_becomes_an_organisation_with_what_it_alone_says(team):
    actor = recorded("Aceros Andinos", email="a@a.example")
    stray = recorded("Aceros del Sur", actor=actor, tax_id=RUCS[2], tax_scheme="pe.ruc")
    number(actor, RUCS[2])
    record = stray.records.get(values__name="Aceros del Sur")
    step = split_actor(by=team, actor=actor, records=[record])
    assert (step.other.name, step.other.identifiers.get().value) == ("Aceros del Sur", RUCS[2])
    assert (actor.records.count(), actor.identifiers.count()) == (1, 0)
    undo_resolution(by=team, step=step)
    assert actor.records.count() == 2
    new = Actor.objects.get(pk=step.other_id)
    assert (new.state, new.merged_into) == ("merged", actor)
    assert actor.identifiers.get().value == RUCS[2]


def test_a_split_leaves_something_and_takes_only_its_own(team, pair):
    keep, gone = pair
    with pytest.raises(InvalidInput):
        split_actor(by=team, actor=keep, records=list(keep.records.all()))
    with pytest.raises(InvalidInput):
        split_actor(by=team, actor=keep, records=[])
    with pytest.raises(WrongState):
        split_actor(by=team, actor=keep, records=list(gone.records.all()))
    with pytest.raises(InvalidInput):
        merge_actors(by=team, keep=keep, gone=keep)


def test_records_that_came_since_by_the_tax_id_go_with_it(team, pair):
    keep, gone = pair
    number(gone, RUCS[0])
    step = merge_actors(by=team, keep=keep, gone=gone)
    recorded("Aceros Andinos", actor=keep, tax_id=RUCS[0], tax_scheme="pe.ruc")
    recorded("Aceros Andinos Otros", actor=keep)
    undo_resolution(by=team, step=step)
    assert (gone.records.count(), keep.records.count()) == (2, 2)


def test_staff_join_and_take_out_on_the_page(client, team, pair):
    keep, gone = pair
    client.force_login(team)
    url = reverse("knowledge:actor_merge", args=[keep.public_id])
    assert gone.name in client.get(url, {"q": "aceros"}).content.decode()
    answer = client.post(url, {"other": gone.public_id, "reason": "es la misma"})
    assert answer.url == reverse("knowledge:actor", args=[keep.public_id])
    page = client.get(answer.url).content.decode()
    record = keep.records.get(values__trade_name="Andinox")
    assert f'value="{record.pk}"' in page
    client.post(reverse("knowledge:actor_split", args=[keep.public_id]), {"records": [record.pk]})
    gone.refresh_from_db()
    assert gone.state == "live"
    step = keep.steps.get(kind="merge")
    assert step.reason == "es la misma"
    refused = client.post(reverse("knowledge:step_undo", args=[step.pk]), follow=True)
    assert "Deshaga primero" in refused.content.decode() or "first" in refused.content.decode()
    client.post(reverse("knowledge:step_undo", args=[keep.steps.get(kind="split").pk]))
    client.post(reverse("knowledge:step_undo", args=[step.pk]))
    assert keep.records.count() == gone.records.count() == 1
    assert keep.steps.filter(undone_at=None).count() == 0


def test_strangers_find_no_way_in(client, pair):
    keep, _gone = pair
    client.force_login(MembershipFactory(actor=keep).user)
    for name in ("actor_merge", "actor_split"):
        url = reverse(f"knowledge:{name}", args=[keep.public_id])
        assert client.post(url, {"records": ["1"], "other": "x"}).status_code in {403, 404}
    assert 'name="records"' not in client.get(keep.get_absolute_url()).content.decode()
