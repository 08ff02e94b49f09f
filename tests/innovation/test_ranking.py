"""The ranking adds up what was handed in, and says what is missing."""

import pytest
from django.urls import reverse

from minka.core.errors import NotAllowed
from minka.innovation.queries.ranking import ranking
from tests.factories import ChallengeFactory, ProposalFactory, UserFactory
from tests.innovation.stories import (
    assigned,
    closed_challenge,
    decided,
    discussed,
    member_of,
    scored,
    staff,
)

pytestmark = pytest.mark.django_db


def test_best_mean_first_unscored_last_and_incomplete_ones_marked():
    challenge, [low, none, high] = closed_challenge(3)
    for points in ([2, 2], [3, 3]):
        scored(low, points)
    for points in ([5, 5], [4, 4]):
        scored(high, points)
    assigned(high, state="cleared")
    assigned(high, state="conflicted")
    discussed(challenge)
    rows = ranking(viewer=staff(), challenge=challenge)
    assert [(row.proposal, row.place) for row in rows] == [(high, 1), (low, 2), (none, None)]
    assert [(row.summary.mean, row.summary.count, row.expected) for row in rows[:2]] == [
        (4.5, 2, 3),
        (2.5, 2, 2),
    ]
    assert [row.complete for row in rows] == [False, True, False]
    assert rows[0].conflicted == 1


def test_weights_of_the_criteria_count():
    challenge, [proposal] = closed_challenge(1)
    first, second = challenge.criteria.all()
    type(first).objects.filter(pk=first.pk).update(weight=75)
    type(first).objects.filter(pk=second.pk).update(weight=25)
    scored(proposal, [5, 1])
    discussed(challenge)
    [row] = ranking(viewer=staff(), challenge=challenge)
    assert row.summary.mean == 4.0
    assert [mean.mean for mean in row.means] == [5.0, 1.0]


def test_scores_that_are_not_handed_in_do_not_count():
    challenge, [proposal] = closed_challenge(1)
    unfinished = scored(proposal, [5, 5])
    type(unfinished).objects.update(state="cleared", scored_at=None)
    [row] = ranking(viewer=staff(), challenge=challenge)
    assert (row.summary.count, row.summary.mean) == (0, None)


def test_only_impartial_staff_who_owe_no_scores_see_it():
    challenge, [proposal] = closed_challenge(1)
    scored(proposal, [5, 5])
    owing = staff()
    assigned(proposal, evaluator=owing)
    partial = member_of(proposal.lead, user__is_staff=True)
    for person in (
        UserFactory(),
        UserFactory(roles=["evaluator"]),
        proposal.author,
        partial,
        owing,
    ):
        with pytest.raises(NotAllowed):
            ranking(viewer=person, challenge=challenge)


def test_while_the_call_is_open_the_page_says_only_how_many(client):
    challenge = ChallengeFactory()
    proposal = ProposalFactory(challenge=challenge, submitted=True, title="Secreto bien guardado")
    ProposalFactory(challenge=challenge, title="Borrador ajeno")
    client.force_login(staff())
    for name in ("ranking", "assignments"):
        page = client.get(
            reverse(f"innovation:{name}", args=[challenge.slug]), {"lang": "en"}
        ).content.decode()
        assert "1 proposal received" in page
        assert proposal.title not in page
        assert proposal.lead.name not in page
        assert "Borrador ajeno" not in page


@pytest.mark.parametrize("name", ["ranking", "assignments"])
def test_strangers_find_no_page(client, name):
    challenge, [proposal] = closed_challenge(1)
    address = reverse(f"innovation:{name}", args=[challenge.slug])
    assert client.get(address).status_code == 302
    for person in (UserFactory(), proposal.author, member_of(proposal.lead, user__is_staff=True)):
        client.force_login(person)
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", ["ranking", "assignments"])
def test_pages_cost_the_same_for_two_proposals_or_seven(
    client, name, django_assert_max_num_queries
):
    counts = []
    for many in (2, 7):
        challenge, proposals = closed_challenge(many)
        for proposal in proposals:
            for points in ([4, 4], [2, 5]):
                scored(proposal, points)
            decided(proposal)
        discussed(challenge)
        client.force_login(staff())
        client.get(reverse("core:notices"))  # what the rail counts for everybody is kept
        with django_assert_max_num_queries(40) as captured:
            page = client.get(reverse(f"innovation:{name}", args=[challenge.slug]))
        assert page.status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_api_gives_the_ranking_to_the_team_alone(client):
    challenge, [proposal] = closed_challenge(1)
    scored(proposal, [5, 3])
    discussed(challenge)
    address = f"/api/innovation/challenges/{challenge.slug}/ranking"
    client.force_login(staff())
    [row] = client.get(address).json()
    assert (row["mean"], row["evaluations"], row["place"]) == (4.0, 1, 1)
    client.force_login(proposal.author)
    assert client.get(address).status_code == 404
