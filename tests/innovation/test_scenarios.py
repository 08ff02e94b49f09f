"""Sets to fund under a budget: proven, kept with all they follow from, seen by the team alone."""

import pytest
from django.urls import reverse

from minka.core.errors import InvalidInput, NotAllowed
from minka.core.models import LedgerEntry
from minka.innovation.actions.scenarios import keep_scenario
from minka.innovation.models import FundingScenario, Proposal
from minka.innovation.queries.scenarios import reckoned, scenario_inputs, still_same
from tests.factories import UserFactory
from tests.innovation.stories import closed_challenge, discussed, member_of, scored, staff

pytestmark = pytest.mark.django_db
POINTS = ([5, 5], [4, 5], [4, 4], [2, 1])
COSTS = (90_000, 50_000, 40_000, 10_000)


def story():
    challenge, proposals = closed_challenge(4)
    for proposal, points, cost in zip(proposals, POINTS, COSTS, strict=True):
        Proposal.objects.filter(pk=proposal.pk).update(requested_usd=cost)
        for _ in range(3):
            scored(proposal, points)
    discussed(challenge)
    return challenge, proposals


def inputs_of(challenge, by, measure="quality", **conditions):
    return scenario_inputs(
        viewer=by, challenges=[challenge], conditions=conditions, measure=measure, bar=3.0
    )


def test_the_best_set_stays_within_the_budget_and_takes_nothing_below_the_bar():
    challenge, [best, second, third, poor] = story()
    by = staff()
    found = reckoned(inputs_of(challenge, by, budget_usd=100_000.0))
    assert found["chosen"] == [second.pk, third.pk]
    assert found["cost_usd"] == 90_000
    assert reckoned(inputs_of(challenge, by))["chosen"] == [best.pk, second.pk, third.pk]
    forced = reckoned(inputs_of(challenge, by, inside=[poor.pk], most=2))
    assert forced["chosen"] == [best.pk, poor.pk]


def test_one_organisation_has_at_most_so_many_and_clashes_are_named():
    challenge, proposals = story()
    by = staff()
    other, [again] = closed_challenge(1)
    Proposal.objects.filter(pk=again.pk).update(lead=proposals[0].lead)
    for _ in range(3):
        scored(again, [5, 5])
    discussed(other)
    together = scenario_inputs(
        viewer=by, challenges=[challenge, other], conditions={"per_organisation": 1},
        measure="quality", bar=3.0,
    )  # fmt: skip
    chosen = reckoned(together)["chosen"] or []
    assert len({proposals[0].pk, again.pk} & set(chosen)) <= 1
    clash = reckoned(inputs_of(challenge, by, inside=[proposals[0].pk], budget_usd=1000.0))
    assert clash["chosen"] is None
    assert clash["clashes"]


@pytest.mark.parametrize("measure", ["quality", "probability"])
def test_runners_up_are_other_sets_worth_no_more_and_firmness_is_a_share(measure):
    challenge, _proposals = story()
    found = reckoned(inputs_of(challenge, staff(), measure, budget_usd=100_000.0))
    assert all(one["loss"] >= 0 and one["chosen"] != found["chosen"] for one in found["others"])
    assert len({tuple(one["chosen"]) for one in found["others"]}) == len(found["others"])
    assert all(0 <= share <= 1 for share in found["stays"].values())


def test_what_is_kept_can_be_reckoned_anew_whatever_becomes_of_the_scores():
    challenge, proposals = story()
    by = staff()
    inputs = inputs_of(challenge, by, budget_usd=100_000.0)
    kept = keep_scenario(by=by, challenge=challenge, inputs=inputs, note="Con cien mil")
    assert keep_scenario(by=by, challenge=challenge, inputs=inputs).pk == kept.pk
    scored(proposals[3], [5, 5])
    kept.refresh_from_db()
    assert still_same(kept)
    told = LedgerEntry.objects.get(verb="innovation.scenario_keep").details
    assert told["inputs_sha256"] == kept.inputs_sha256
    with pytest.raises(InvalidInput):
        keep_scenario(
            by=by, challenge=challenge,
            inputs=inputs_of(challenge, by, inside=[proposals[0].pk], budget_usd=1.0),
        )  # fmt: skip


def test_only_the_impartial_team_sees_any_of_it(client):
    challenge, [proposal, *_rest] = story()
    by = staff()
    kept = keep_scenario(by=by, challenge=challenge, inputs=inputs_of(challenge, by))
    rival = member_of(proposal.lead, user__is_staff=True)
    for person in (UserFactory(roles=["committee"]), UserFactory(roles=["auditor"]),
                   proposal.author, rival):  # fmt: skip
        client.force_login(person)
        for address in (
            reverse("innovation:scenarios", args=[challenge.slug]),
            reverse("innovation:scenario", args=[kept.pk]),
        ):
            assert client.get(address).status_code in {403, 404}
        with pytest.raises(NotAllowed):
            inputs_of(challenge, person)


def test_by_its_page_from_conditions_to_a_kept_set(client):
    challenge, [best, *_rest] = story()
    client.force_login(staff())
    address = reverse("innovation:scenarios", args=[challenge.slug])
    page = client.get(address, {"budget_usd": "100000", "outside": [str(best.pk)]})
    assert page.status_code == 200
    sent = {"conditions": f"budget_usd=100000&outside={best.pk}", "note": "Sin la primera"}
    kept = client.post(f"{address}guardar/", sent)
    assert kept.status_code == 302
    scenario = FundingScenario.objects.get()
    assert scenario.inputs["conditions"] == {"budget_usd": 100_000.0, "outside": [best.pk]}
    again = client.get(kept["Location"], {"comprobar": "1", "lang": "en"}).content.decode()
    assert "it is the same" in again
    assert client.get(address, {"budget_usd": "mucho"}).status_code == 422


def test_before_the_discussion_nothing_is_shown(client):
    challenge, proposals = closed_challenge(2)
    for proposal in proposals:
        scored(proposal, [5, 5])
    client.force_login(staff())
    page = client.get(reverse("innovation:scenarios", args=[challenge.slug])).content.decode()
    assert proposals[0].title not in page
