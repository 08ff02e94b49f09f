"""Pages of evaluators and of the team that asks them."""

import pytest
from django.urls import reverse
from django.utils import translation

from minka.core.models import LedgerEntry
from minka.innovation.models import Assignment, Score
from tests.factories import MembershipFactory, StoredFileFactory, UserFactory
from tests.innovation.stories import assigned, closed_challenge, scored, staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["minka_language"] = "en"
    with translation.override("en"):
        yield


def page_of(assignment, name="evaluation"):
    return reverse(f"innovation:{name}", args=[assignment.pk])


def answers(assignment, points="4", **changes):
    criteria = assignment.proposal.challenge.criteria.all()
    sent = {f"points_{c.pk}": points for c in criteria} | {
        f"reason_{c.pk}": "Se midió." for c in criteria
    }
    return {**sent, "remark": "", "revision": str(assignment.revision), **changes}


def test_the_team_ticks_cells_and_whole_rows(client):
    challenge, proposals = closed_challenge(3)
    one, two = UserFactory(roles=["evaluator"]), MembershipFactory(role="user_area").user
    rival = UserFactory(roles=["evaluator"])
    MembershipFactory(user=rival, actor=proposals[0].lead)
    client.force_login(staff())
    address = reverse("innovation:assignments", args=[challenge.slug])
    page = client.get(address).content.decode()
    assert f'value="all:{one.pk}"' in page
    assert f":{rival.pk}" not in page
    assert "Belongs to an organisation that answers this challenge" in page
    client.post(address, {"pair": [f"all:{one.pk}", f"{proposals[1].pk}:{two.pk}"]})
    assert Assignment.objects.filter(evaluator=one).count() == 3
    assert Assignment.objects.filter(evaluator=two).count() == 1
    forged = client.post(address, {"pair": [f"{proposals[1].pk}:{rival.pk}"]})
    assert forged.status_code == 422


def test_the_team_takes_an_assignment_back(client):
    _challenge, [proposal] = closed_challenge(1)
    assignment = assigned(proposal)
    client.force_login(staff())
    refused = client.post(page_of(assignment, "assignment_remove"), {"reason": ""})
    assert refused.status_code == 422
    client.post(page_of(assignment, "assignment_remove"), {"reason": "Se pidió por error."})
    assert not Assignment.objects.exists()
    client.force_login(UserFactory())
    assert client.post(page_of(assigned(proposal), "assignment_remove")).status_code == 404


def test_my_evaluations_are_grouped_and_mine_alone(client):
    _challenge, [proposal, other] = closed_challenge(2)
    mine = assigned(proposal)
    assigned(other)
    client.force_login(mine.evaluator)
    page = client.get(reverse("innovation:evaluations")).content.decode()
    assert "To declare" in page
    assert proposal.title in page
    assert other.title not in page


def test_before_declaring_only_title_lead_and_challenge_are_shown(client):
    _challenge, [proposal] = closed_challenge(1)
    proposal.attachments.create(file=StoredFileFactory(name="planos-secretos.txt"))
    assignment = assigned(proposal)
    client.force_login(assignment.evaluator)
    page = client.get(page_of(assignment)).content.decode()
    for shown in (proposal.title, proposal.lead.name, proposal.challenge.title_en):
        assert shown in page
    for hidden in (proposal.summary, proposal.approach, proposal.team, "40,000", "planos-secretos"):
        assert hidden not in page
    assert client.get(reverse("innovation:proposal", args=[proposal.public_id])).status_code == 404


def test_a_conflict_needs_its_reason_and_closes_everything(client):
    _challenge, [proposal] = closed_challenge(1)
    assignment = assigned(proposal)
    client.force_login(assignment.evaluator)
    bare = client.post(page_of(assignment), {"declaration": "some", "conflict": ""})
    assert bare.status_code == 422
    assert client.post(page_of(assignment), {}).status_code == 422
    client.post(page_of(assignment), {"declaration": "some", "conflict": "Es mi cliente."})
    page = client.get(page_of(assignment)).content.decode()
    assert "You do not evaluate this proposal" in page
    assert proposal.approach not in page
    assert client.get(reverse("innovation:proposal", args=[proposal.public_id])).status_code == 404


def test_after_declaring_the_proposal_stands_beside_the_scores(client):
    _challenge, [proposal] = closed_challenge(1)
    assignment = assigned(proposal)
    client.force_login(assignment.evaluator)
    client.post(page_of(assignment), {"declaration": "none"})
    page = client.get(page_of(assignment)).content.decode()
    assert proposal.approach in page
    assert "weighs 50 %" in page
    assert page.count('type="radio"') == 10 + 3  # points by two criteria, and how sure one is


def test_saving_keeps_half_scores_and_handing_in_wants_them_all(client):
    _challenge, [proposal] = closed_challenge(1)
    assignment = assigned(proposal, state="cleared")
    client.force_login(assignment.evaluator)
    criterion, other = proposal.challenge.criteria.all()
    half = {
        f"points_{criterion.pk}": "5",
        f"reason_{criterion.pk}": "Por escribir",
        "revision": "0",
    }
    assert client.post(page_of(assignment), {**half, "do": "save"}).status_code == 302
    refused = client.post(page_of(assignment), {**half, "revision": "1", "do": "submit"})
    assert refused.status_code == 422
    assert f"#id_points_{other.pk}" in refused.content.decode()
    assignment.refresh_from_db()
    done = client.post(page_of(assignment), {**answers(assignment), "do": "submit"})
    assert done.status_code == 302
    assignment.refresh_from_db()
    assert assignment.state == "scored"
    again = client.post(page_of(assignment), {**answers(assignment), "do": "submit"}, follow=True)
    assert "already handed in" in again.content.decode()


def test_autosave_refuses_what_another_window_overtook_and_both_versions_are_shown(client):
    _challenge, [proposal] = closed_challenge(1)
    assignment = assigned(proposal, state="cleared")
    client.force_login(assignment.evaluator)
    save = page_of(assignment, "evaluation_autosave")
    fetch = {"headers": {"X-Requested-With": "fetch"}}
    assert client.post(save, answers(assignment, "5"), **fetch).json()["revision"] == 1
    stale = client.post(save, answers(assignment, "2"), **fetch)
    assert (stale.status_code, stale.json()["revision"]) == (409, 1)
    both = client.post(page_of(assignment), {**answers(assignment, "2"), "do": "save"})
    assert both.status_code == 409
    assert "What the other window saved" in both.content.decode()
    assert set(Score.objects.values_list("points", flat=True)) == {5}


def test_a_session_that_ended_gives_the_words_back(client):
    _challenge, [proposal] = closed_challenge(1)
    assignment = assigned(proposal, state="cleared")
    sent = answers(assignment, remark="Una hora pensando")
    answer = client.post(page_of(assignment), sent)
    assert answer.status_code == 401
    assert "Una hora pensando" in answer.content.decode()
    assert not Score.objects.exists()


def test_nobody_opens_anothers_evaluation(client):
    _challenge, [proposal] = closed_challenge(1)
    assignment = scored(proposal, [4, 4])
    for person in (UserFactory(roles=["evaluator"]), staff(), proposal.author):
        client.force_login(person)
        for name in ("evaluation", "evaluation_autosave"):
            assert client.post(page_of(assignment, name)).status_code == 404
        assert client.get(f"/api/innovation/evaluations/{assignment.pk}").status_code == 404


def test_the_rail_shows_evaluations_to_the_pool_alone(client):
    link = f'href="{reverse("innovation:evaluations")}"'
    pool = [UserFactory(roles=["evaluator"]), MembershipFactory(role="user_area").user]
    for person, shown in [*[(p, True) for p in pool], (UserFactory(), False)]:
        client.force_login(person)
        page = client.get(reverse("innovation:proposals")).content.decode()
        assert (link in page) is shown


def test_what_was_assigned_is_added_to_by_hand_only_with_a_reason(client):
    challenge, [proposal, other] = closed_challenge(2)
    mine = assigned(proposal)
    client.force_login(staff())
    address = reverse("innovation:assignments", args=[challenge.slug])
    more = {"pair": [f"{other.pk}:{mine.evaluator_id}"]}
    assert client.post(address, more).status_code == 422
    assert client.post(address, {**more, "reason": "Conoce la planta."}).status_code == 302
    entry = LedgerEntry.objects.filter(verb="innovation.evaluator_assign").latest("position")
    assert entry.details["reason"] == "Conoce la planta."
