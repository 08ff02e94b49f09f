"""What waits for whom, in proposals, evaluations and decisions."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minka.innovation.queries.work_proposals import work_items
from tests.factories import ActorFactory, ChallengeFactory, ProposalFactory, UserFactory
from tests.innovation.stories import (
    assigned,
    closed_challenge,
    decided,
    draft_of_member,
    member_of,
    scored,
    staff,
)

pytestmark = pytest.mark.django_db


def urls(person):
    return [item.url for item in work_items(viewer=person)]


def test_an_unsubmitted_draft_waits_with_its_deadline_until_the_call_closes():
    draft, author = draft_of_member()
    [item] = work_items(viewer=author)
    assert item.due_at == draft.challenge.call.closes_at
    assert str(draft.public_id) in item.url
    late, other = draft_of_member(challenge=ChallengeFactory(call__phase="closed"))
    handed_in, third = draft_of_member(submitted=True)
    assert urls(other) == urls(third) == []
    assert late.state != handed_in.state


def test_evaluations_wait_until_they_are_scored_or_declined():
    _challenge, [proposal] = closed_challenge(1)
    waits = {
        state: len(urls(assigned(proposal, state=state).evaluator))
        for state in ("assigned", "cleared", "scored", "conflicted")
    }
    assert waits == {"assigned": 1, "cleared": 1, "scored": 0, "conflicted": 0}


def test_the_team_is_led_from_assigning_to_deciding_to_releasing():
    challenge, [one, two] = closed_challenge(2)
    ProposalFactory(challenge=challenge)  # a draft is nothing to evaluate
    team = staff()
    assert urls(team) == [f"/desafios/{challenge.slug}/evaluadores/"]
    scored(one, [4, 4])
    assigned(two, state="conflicted")  # nobody is left to evaluate it
    assert urls(team) == [f"/desafios/{challenge.slug}/evaluadores/"]
    scored(two, [4, 4])
    decided(one)
    [deciding] = work_items(viewer=team)
    assert "1" in deciding.detail
    assert "2" in deciding.detail
    decided(two)
    [release] = work_items(viewer=team)
    assert release.url == f"/desafios/{challenge.slug}/resultados/"
    type(challenge).objects.update(state="decided", released_at=challenge.published_at)
    assert urls(team) == []


def test_staff_who_compete_are_led_nowhere_and_strangers_have_nothing():
    _challenge, [one, _two] = closed_challenge(2)
    assert urls(member_of(one.lead, user__is_staff=True)) == []
    assert urls(UserFactory()) == []
    assert work_items(viewer=AnonymousUser()) == []


def test_it_costs_the_same_for_one_thing_or_many():
    def cost(many):
        actor = ActorFactory()
        person = member_of(actor, user__is_staff=True)
        for _ in range(many):
            ProposalFactory(lead=actor)
            _challenge, [proposal] = closed_challenge(1)
            assigned(proposal, evaluator=person)
            closed_challenge(2)
        with CaptureQueriesContext(connection) as captured:
            assert len(work_items(viewer=person)) >= 3 * many
        return len(captured)

    assert cost(1) == cost(4)
