"""What must not be known yet is not to be had by any door: page, API, notice, ledger, file."""

import pytest
from django.urls import reverse

from minka.core.models import LedgerEntry, Notice
from minka.innovation.actions.decisions import save_decision
from minka.innovation.queries.proposals import visible_proposals
from minka.innovation.queries.work_proposals import work_items
from tests.factories import ChallengeFactory, MembershipFactory, ProposalFactory, UserFactory
from tests.innovation.stories import assigned, closed_challenge, decided, member_of, scored, staff

pytestmark = pytest.mark.django_db
SECRET = "Aleación secreta de cobalto"
VERDICT = "Elegida por unanimidad del equipo técnico"


def everything(client, person, challenge, proposals, assignments=()):
    """Every page and API answer that could speak of these things, as one text."""
    client.force_login(person)
    addresses = [
        reverse("innovation:proposals"),
        reverse("innovation:evaluations"),
        reverse("innovation:challenge", args=[challenge.slug]),
        reverse("innovation:challenges"),
        reverse("innovation:proposal_start", args=[challenge.slug]),
        reverse("innovation:assignments", args=[challenge.slug]),
        reverse("innovation:ranking", args=[challenge.slug]),
        reverse("core:notices"),
        reverse("core:ledger"),
        "/api/innovation/proposals",
        "/api/innovation/evaluations",
        f"/api/innovation/challenges/{challenge.slug}/ranking",
    ]
    for proposal in proposals:
        addresses += [
            reverse(f"innovation:{name}", args=[proposal.public_id])
            for name in ("proposal", "proposal_edit", "decision")
        ]
        addresses.append(f"/api/innovation/proposals/{proposal.public_id}")
    for assignment in assignments:
        addresses += [
            reverse("innovation:evaluation", args=[assignment.pk]),
            f"/api/innovation/evaluations/{assignment.pk}",
        ]
    texts = [client.get(address).content.decode() for address in addresses]
    work = " ".join(f"{item.title} {item.detail}" for item in work_items(viewer=person))
    return " ".join([*texts, work])


def test_while_the_call_is_open_a_submitted_proposal_is_sealed_to_all_but_its_people(client):
    challenge = ChallengeFactory()
    proposal = ProposalFactory(challenge=challenge, submitted=True, title=SECRET)
    rival = ProposalFactory(challenge=challenge, submitted=True)
    people = {
        "staff": staff(),
        "superuser": UserFactory(is_staff=True, is_superuser=True),
        "rival": member_of(rival.lead),
        "evaluator": UserFactory(roles=["evaluator"]),
        "auditor": UserFactory(roles=["auditor"]),
        "assigned": assigned(proposal, state="cleared").evaluator,
    }
    for person in people.values():
        seen = everything(client, person, challenge, [proposal], proposal.assignments.all())
        assert SECRET not in seen
        assert proposal not in visible_proposals(viewer=person)
    own = member_of(proposal.lead)
    assert SECRET in everything(client, own, challenge, [proposal])


def test_after_closing_a_draft_stays_with_its_people(client):
    challenge, [submitted] = closed_challenge(1)
    draft = ProposalFactory(challenge=challenge, title=SECRET)
    withdrawn = ProposalFactory(challenge=challenge, title=f"{SECRET} 2", state="withdrawn")
    for person in (staff(), assigned(draft, state="cleared").evaluator, submitted.author):
        assert SECRET not in everything(client, person, challenge, [draft, withdrawn])


def test_after_closing_rivals_and_staff_who_compete_read_nothing(client):
    challenge, [proposal, rival] = closed_challenge(2)
    type(proposal).objects.filter(pk=proposal.pk).update(title=SECRET)
    for person in (rival.author, member_of(rival.lead, user__is_staff=True)):
        assert SECRET not in everything(client, person, challenge, [proposal])
    assert SECRET in everything(client, staff(), challenge, [proposal])


def test_an_evaluator_sees_no_others_scores_before_handing_in_their_own(client):
    challenge, [proposal] = closed_challenge(1)
    other = scored(proposal, [1, 1], reason=VERDICT)
    for state in ("assigned", "cleared", "conflicted"):
        mine = assigned(proposal, state=state)
        seen = everything(client, mine.evaluator, challenge, [proposal], [mine, other])
        assert VERDICT not in seen
    mine = scored(proposal, [5, 5])
    seen = everything(client, mine.evaluator, challenge, [proposal], [mine, other])
    assert VERDICT in seen
    assert other.evaluator.full_name not in seen


def test_staff_who_evaluate_see_no_scores_before_giving_theirs_either(client):
    challenge, [proposal] = closed_challenge(1)
    scored(proposal, [1, 1], reason=VERDICT)
    person = staff()
    mine = assigned(proposal, evaluator=person, state="cleared")
    assert VERDICT not in everything(client, person, challenge, [proposal], [mine])


def test_before_the_release_nobody_outside_the_team_learns_a_decision(client):
    challenge, [proposal, other] = closed_challenge(2)
    scored(proposal, [5, 5], reason=VERDICT)
    save_decision(
        by=staff(),
        proposal=proposal,
        revision=0,
        outcome="selected",
        reason=VERDICT,
        feedback=VERDICT,
    )
    decided(other, "not_selected", reason=VERDICT, feedback=VERDICT)
    people = [
        proposal.author,
        other.author,
        MembershipFactory().user,
        UserFactory(roles=["auditor"]),
        UserFactory(roles=["committee"]),
        scored(proposal, [4, 4]).evaluator,
    ]
    for person in people[:-1]:
        seen = everything(client, person, challenge, [proposal, other])
        assert VERDICT not in seen
    for person in people:
        seen = everything(client, person, challenge, [proposal, other])
        assert "Seleccionada" not in seen
        assert "Selected" not in seen
    assert not Notice.objects.filter(kind="innovation.decision_released").exists()
    entries = LedgerEntry.objects.filter(verb="innovation.decision_write")
    assert entries
    assert all("selected" not in entry.data and VERDICT not in entry.data for entry in entries)


def test_the_suppliers_page_says_in_evaluation_until_the_release(client):
    _challenge, [proposal] = closed_challenge(1)
    decided(proposal, "not_selected")
    client.force_login(proposal.author)
    address = reverse("innovation:proposal", args=[proposal.public_id])
    page = client.get(address, {"lang": "en"}).content.decode()
    assert "In evaluation" in page
    assert proposal.decision.feedback not in page
    assert "Not selected" not in page
