"""The ranking says what it does not know, and shows nothing before its phase."""

import pytest
from django.urls import reverse

from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry
from minka.innovation.actions.discussions import open_discussion
from minka.innovation.queries import standings as module
from minka.innovation.queries.evaluations import criteria_of
from minka.innovation.queries.ranking import evaluations_of, ranking
from minka.innovation.queries.standings import standings
from minka.innovation.sources.standing_view import standing_view
from tests.factories import UserFactory
from tests.innovation.stories import (
    assigned,
    closed_challenge,
    discussed,
    member_of,
    scored,
    staff,
)

pytestmark = pytest.mark.django_db
POINTS = {0: (5, 5, 4), 1: (4, 5, 4), 2: (2, 2, 1), 3: (3, 2, None)}  # by proposal, per judge


@pytest.fixture
def judged():
    """Four proposals, three evaluators, one cell missing; the third gives less than the others."""
    challenge, proposals = closed_challenge(4)
    judges = [UserFactory(roles=["evaluator"]) for _ in range(3)]
    for at, given in POINTS.items():
        for judge, points in zip(judges, given, strict=True):
            if points is not None:
                scored(proposals[at], [points, points], evaluator=judge)
    return challenge, proposals, judges


def figures(challenge, top=2):
    rows = ranking(viewer=staff(), challenge=challenge)
    criteria = criteria_of(challenge_id=challenge.pk)
    return rows, criteria, standings(rows=rows, criteria=criteria, top=top)


def test_figures_are_given_for_each_proposal_with_a_cell_missing(judged):
    challenge, proposals, judges = judged
    discussed(challenge)
    rows, criteria, found = figures(challenge)
    assert set(found.places) == {one.pk for one in proposals}
    best, worst = found.places[proposals[0].pk], found.places[proposals[2].pk]
    assert best.low < best.quality < best.high
    assert best.probability_top > 0.8
    assert worst.probability_top < 0.2
    assert best.expected_rank < worst.expected_rank
    assert sum(one.probability_top for one in found.places.values()) == pytest.approx(2)
    assert min(found.judges, key=lambda one: one.severity).person == judges[2].pk
    assert {one.subject for one in found.without} == {one.pk for one in judges}
    assert len(found.reweighed) == 2 * len(criteria)
    view = standing_view(rows, criteria, found)
    ties = [band for band in view.bands if band.is_tie]
    assert ties
    assert all(len(band.lines) > 1 for band in ties)


def test_the_same_scores_are_reckoned_once(judged, monkeypatch):
    challenge, _proposals, _judges = judged
    discussed(challenge)
    _rows, _criteria, first = figures(challenge)
    monkeypatch.setattr(module, "_reckon", None)
    assert figures(challenge)[2] == first


def test_too_few_scores_give_no_figures():
    challenge, [proposal, other] = closed_challenge(2)
    for one in (proposal, other):
        scored(one, [4, 4])
    discussed(challenge)
    assert figures(challenge)[2] is None


def test_before_the_discussion_only_who_has_handed_in_is_told(judged, client):
    challenge, proposals, judges = judged
    pending = assigned(proposals[0])
    team = staff()
    rows = ranking(viewer=team, challenge=challenge)
    assert {(row.place, row.summary.mean, len(row.assignments)) for row in rows} == {
        (None, None, 0)
    }
    assert sum(row.summary.count for row in rows) == 11
    assert evaluations_of(viewer=team, proposal=proposals[0]) == []
    client.force_login(team)
    address = reverse("innovation:ranking", args=[challenge.slug])
    page = client.get(address, {"lang": "en"}).content.decode()
    assert "The averages are not shown yet" in page
    assert judges[2].full_name not in page
    assert "4.67" not in page
    assert "choicechart" not in page
    api = client.get(f"/api/innovation/challenges/{challenge.slug}/ranking").json()
    assert {row["mean"] for row in api} == {None}
    assert pending.pk


def test_the_discussion_is_opened_once_by_the_impartial_team_and_counts_what_is_missing(judged):
    challenge, proposals, _judges = judged
    assigned(proposals[0])
    partial = member_of(proposals[0].lead, user__is_staff=True)
    for person in (UserFactory(), proposals[0].author, partial):
        with pytest.raises(NotAllowed):
            open_discussion(by=person, challenge=challenge)
    assert open_discussion(by=staff(), challenge=challenge).missing == 1
    with pytest.raises(WrongState):
        open_discussion(by=staff(), challenge=challenge)
    entry = LedgerEntry.objects.get(verb="innovation.discussion_open")
    assert entry.details == {"missing": 1}


def test_there_is_nothing_to_discuss_without_scores():
    challenge, [proposal] = closed_challenge(1)
    assigned(proposal)
    with pytest.raises(InvalidInput):
        open_discussion(by=staff(), challenge=challenge)


def test_the_page_draws_intervals_with_their_table_and_says_what_is_not_separated(judged, client):
    challenge, proposals, judges = judged
    client.force_login(staff())
    client.post(reverse("innovation:discuss", args=[challenge.slug]))
    address = reverse("innovation:ranking", args=[challenge.slug])
    page = client.get(address, {"lang": "en", "k": "1"}).content.decode()
    assert "choicechart" in page
    assert "The data do not separate" in page
    assert "Among the best 1" in page
    assert "Krippendorff" in page
    assert judges[0].full_name in page
    assert page.count('class="interval"') == len(proposals)
    wild = client.get(address, {"k": "9" * 30})
    assert wild.status_code == 200


@pytest.mark.parametrize("is_owing", [False, True])
def test_severities_are_the_impartial_teams_alone(judged, client, is_owing):
    challenge, proposals, judges = judged
    discussed(challenge)
    person = staff() if is_owing else judges[0]
    if is_owing:
        assigned(proposals[0], evaluator=person, state="cleared")
    client.force_login(person)
    answer = client.get(reverse("innovation:ranking", args=[challenge.slug]))
    assert answer.status_code in {403, 404}
    assert judges[2].full_name not in answer.content.decode()
