"""The measures of the network: reckoned of public ties, kept, told in words."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from minka.core.errors import NotAllowed
from minka.knowledge.actions.community_names import name_community
from minka.knowledge.actions.identity import merge_actors
from minka.knowledge.actions.network import measure
from minka.knowledge.actions.network_jobs import MEASURE, MONTHLY, measure_now
from minka.knowledge.actions.ties import TieFacts, state_tie, withdraw_tie
from minka.knowledge.models import Community, Introduction, NetworkRun, Relation, Standing
from minka.knowledge.queries.directory import DirectoryFilter
from minka.knowledge.queries.network import community_name, network_feed
from minka.knowledge.queries.standings import bridges, meetings, newest_run, top_standings
from minka.knowledge.tasks import measure_network
from tests.factories import ActorFactory, MembershipFactory, ThemeFactory, UserFactory

pytestmark = pytest.mark.django_db
STRANGER = AnonymousUser()


def tie(one, other, **facts):
    return state_tie(
        by=UserFactory(is_staff=True),
        tail=one,
        head=other,
        kind="partner_in",
        facts=TieFacts(**facts),
    )


def circle(actors):
    return [tie(one, other) for at, one in enumerate(actors) for other in actors[at + 1 :]]


@pytest.fixture
def two_circles():
    """Two groups of four, of a theme each, with one tie between them."""
    water, energy = ThemeFactory(label_es="agua"), ThemeFactory(label_es="energía")
    left, right = ActorFactory.create_batch(4), ActorFactory.create_batch(4, kind="university")
    for actor in left:
        actor.themes.add(water)
    for actor in right:
        actor.themes.add(energy)
    circle(left)
    circle(right)
    tie(left[0], right[0])
    return left, right


def test_everything_is_kept_of_the_newest_run_and_its_figures_for_ever(two_circles):
    left, right = two_circles
    first = measure()
    assert (first.nodes, first.ties) == (8, 13)
    assert first.figures["bridges"] == 1
    assert first.figures["articulation"] == 2
    assert first.figures["mixing"][0:2] != [[0] * 15] * 2
    top = list(top_standings(viewer=STRANGER, run=first, by="betweenness"))[:2]
    assert {row.actor_id for row in top} == {left[0].pk, right[0].pk}
    assert all(row.is_articulation for row in top)
    assert bridges(viewer=STRANGER, run=first)[0].cut_off == 4
    assert measure() is None  # nothing has changed
    tie(left[1], right[1])
    second = measure()
    assert second.figures["bridges"] == 0
    assert set(Standing.objects.values_list("run", flat=True)) == {second.pk}
    assert NetworkRun.objects.count() == 2


def test_what_strangers_may_not_see_moves_no_measure(two_circles):
    left, right = two_circles
    before = measure(force=True)
    for one, other in zip(left[1:], right[1:], strict=True):
        tie(one, other, is_public=False)
    lone = ActorFactory()
    tie(lone, left[0], is_public=False)
    after = measure(force=True)
    assert after.figures == {
        **before.figures,
        "nodes": 9,
        "isolated": 1,
        "density": after.figures["density"],
        "sizes": after.figures["sizes"],
    }
    assert not Standing.objects.filter(actor=lone).exists()
    named = {pk for pair in Introduction.objects.values_list("one", "other") for pk in pair}
    assert lone.pk not in named


def test_communities_are_named_by_what_tells_them_apart_and_keep_number_and_name(two_circles):
    left, right = two_circles
    measure()
    of = {row.actor_id: row.community for row in Standing.objects.select_related("community")}
    water, energy = of[left[0].pk], of[right[0].pk]
    assert (water.size, energy.size) == (4, 4)
    assert community_name(water, in_english=False) == "agua"
    staff = UserFactory(is_staff=True)
    name_community(by=staff, community=energy, name_es="Los del sol", name_en="")
    newcomer = ActorFactory()
    for actor in right:
        tie(newcomer, actor)
    measure()
    again = Standing.objects.get(actor=right[1]).community
    assert (again.number, again.size) == (energy.number, 5)
    assert community_name(again, in_english=True) == "Los del sol"
    with pytest.raises(NotAllowed):
        name_community(by=UserFactory(), community=again, name_es="x", name_en="x")


def test_a_community_that_is_no_more_has_nobody_and_its_number_is_not_used_again(two_circles):
    left, _right = two_circles
    measure()
    number = Standing.objects.get(actor=left[1]).community.number
    for one in Relation.objects.filter(tail__in=left):
        withdraw_tie(by=UserFactory(is_staff=True), tie=one)
    circle(ActorFactory.create_batch(4))
    measure()
    assert Community.objects.get(number=number).size == 0
    assert Community.objects.filter(size__gt=0, number=number).count() == 0


def test_who_should_meet_is_told_with_the_reason_to_members_and_the_team_alone():
    theme = ThemeFactory(label_es="relaves")
    one, other, hub = ActorFactory.create_batch(3)
    for actor in (one, other):
        actor.themes.add(theme)
        tie(actor, hub)
    ActorFactory.create_batch(5)
    run = measure()
    member = MembershipFactory(actor=one).user
    found = meetings(viewer=member, run=run, actor=one)
    assert [(pair.other, pair.common, pair.shared) for pair in found] == [(other, [hub], [theme])]
    assert meetings(viewer=UserFactory(), run=run, actor=one) == []
    assert meetings(viewer=STRANGER, run=run, actor=one) == []
    tie(one, other, is_public=False)  # they know each other: the two are told no more
    assert meetings(viewer=member, run=run, actor=one) == []


def test_a_change_queues_one_reckoning_and_the_reckoning_the_next_month():
    one, other, third = ActorFactory.create_batch(3)
    tie(one, other)
    tie(one, third)
    assert DBTaskResult.objects.filter(task_path=MEASURE).count() == 1
    measure_network.func()
    measure_network.func()
    assert DBTaskResult.objects.filter(task_path=MONTHLY).count() == 1
    assert NetworkRun.objects.count() == 1
    with pytest.raises(NotAllowed):
        measure_now(by=UserFactory())
    measure_now(by=UserFactory(is_staff=True))
    assert DBTaskResult.objects.filter(task_path=MEASURE).count() == 1


def test_ties_that_are_over_do_not_count_and_ties_to_come_neither():
    one, other, third = ActorFactory.create_batch(3)
    tie(one, other, ends_on=date(2020, 1, 1))
    tie(one, third, starts_on=date(2030, 1, 1))
    assert measure(on_date=date(2026, 1, 1)).ties == 0
    assert measure(on_date=date(2031, 1, 1)).ties == 1


def test_the_page_says_what_each_measure_is_tells_and_cannot_say(client, two_circles):
    empty = client.get(reverse("knowledge:network_metrics"))
    assert empty.status_code == 200
    measure()
    english = {"Accept-Language": "en"}
    page = client.get(reverse("knowledge:network_metrics"), headers=english).content.decode()
    for words in ("What it is", "What it cannot say", "Who should meet", "Articulation points"):
        assert words in page
    assert page.count('class="card measure"') == 10
    assert "heat-5" in page


def test_only_the_team_reckons_and_names(client, two_circles):
    measure()
    client.force_login(MembershipFactory().user)
    number = Community.objects.first().number
    assert client.post(reverse("knowledge:network_measure")).status_code == 403
    assert client.get(reverse("knowledge:community", args=[number])).status_code == 403
    client.force_login(UserFactory(is_staff=True))
    form = {"name_es": "Agua y más", "name_en": "Water and more"}
    client.post(reverse("knowledge:community", args=[number]), form)
    assert Community.objects.get(number=number).given_en == "Water and more"


@pytest.mark.usefixtures("two_circles")
def test_the_picture_keeps_its_places_and_they_move_little_with_few_new_ties():
    measure()
    before = {row.actor_id: (row.x, row.y) for row in Standing.objects.all()}
    feed = network_feed(viewer=STRANGER, wanted=DirectoryFilter(), in_english=False)
    assert None not in feed["x"]
    assert sorted(feed["groups"]) == ["agua", "energía"]
    assert measure(force=True)
    after = {row.actor_id: (row.x, row.y) for row in Standing.objects.all()}
    gaps = [abs(before[pk][0] - after[pk][0]) for pk in before]
    assert max(gaps) < 0.5


def test_a_merged_actor_leaves_the_lists_before_the_next_run(two_circles):
    left, _right = two_circles
    run = measure()
    merge_actors(by=UserFactory(is_staff=True), keep=left[1], gone=left[0])
    shown = {row.actor_id for row in top_standings(viewer=STRANGER, run=run, by="degree")}
    assert left[0].pk not in shown
    assert newest_run(viewer=STRANGER) == run
