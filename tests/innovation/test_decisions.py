"""Decisions have reasons, wait together, and are released at one instant."""

import pytest
from django.urls import reverse

from minka.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry, Notice
from minka.innovation.actions.decisions import release_decisions, save_decision
from minka.innovation.models import Decision, Proposal
from minka.innovation.queries.decisions import released_decision, released_selection
from tests.factories import ActorFactory, ProblemFactory, ProposalFactory, UserFactory
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
WORDS = {
    "reason": "Es la única con ensayos en altura.",
    "feedback": "Nos convencieron los ensayos; falta el plan de repuestos.",
}


def decide(proposal, *, by=None, revision=0, outcome="selected", **words):
    return save_decision(
        by=by or staff(),
        proposal=proposal,
        revision=revision,
        outcome=outcome,
        **{**WORDS, **words},
    )


def test_a_decision_can_change_until_it_is_released():
    _challenge, [proposal] = closed_challenge(1)
    first = decide(proposal)
    second = decide(proposal, revision=first.revision, outcome="reserve")
    assert (Decision.objects.count(), second.outcome, second.revision) == (1, "reserve", 2)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"reason": "porque sí"}, "reason"),
        ({"feedback": " " * 40}, "feedback"),
        ({"outcome": "maybe"}, "outcome"),
    ],
)
def test_outcome_reason_and_feedback_are_compulsory(values, field):
    _challenge, [proposal] = closed_challenge(1)
    with pytest.raises(InvalidInput) as caught:
        decide(proposal, **values)
    assert set(caught.value.fields) == {field}
    assert not Decision.objects.exists()


def test_two_colleagues_do_not_overwrite_each_others_decision():
    _challenge, [proposal] = closed_challenge(1)
    decide(proposal)
    with pytest.raises(Conflict):
        decide(proposal, revision=0, outcome="not_selected")
    assert Decision.objects.get().outcome == "selected"


def test_nothing_is_decided_while_the_call_is_open():
    proposal = ProposalFactory(submitted=True)
    with pytest.raises(WrongState):
        decide(proposal)


def test_only_impartial_staff_decide():
    challenge, [proposal, _other] = closed_challenge(2)
    owing, conflicted = staff(), staff()
    assigned(proposal, evaluator=owing)
    assigned(proposal, evaluator=conflicted, state="conflicted")
    partial = member_of(proposal.lead, user__is_staff=True)
    for person in (UserFactory(), UserFactory(roles=["committee"]), partial, owing, conflicted):
        with pytest.raises(NotAllowed):
            decide(proposal, by=person)
    with pytest.raises(NotAllowed):
        release_decisions(by=partial, challenge=challenge)


def test_release_needs_every_submitted_proposal_decided():
    challenge, [one, _two] = closed_challenge(2)
    ProposalFactory(challenge=challenge)  # a draft that was never handed in needs none
    decided(one)
    with pytest.raises(InvalidInput):
        release_decisions(by=staff(), challenge=challenge)
    challenge.refresh_from_db()
    assert challenge.state == "published"
    assert not Notice.objects.exists()


def test_release_moves_the_challenge_dates_every_decision_and_tells_each_supplier():
    challenge, [chosen, other] = closed_challenge(2)
    decided(chosen, feedback="Felicitaciones: los ensayos convencen.")
    decided(other, "not_selected", feedback="Ensayen por encima de 4 000 m s. n. m.")
    scored(other, [2, 4])
    english = member_of(other.lead, user__language="en")
    release_decisions(by=staff(), challenge=challenge)
    assert (challenge.state, challenge.released_at is None) == ("decided", False)
    assert set(Decision.objects.values_list("released_at", flat=True)) == {challenge.released_at}
    told = {notice.recipient_id: notice for notice in Notice.objects.all()}
    assert set(told) == {chosen.author_id, other.author_id, english.pk}
    assert "Ensayen por encima" in told[other.author_id].body
    assert "Felicitaciones" not in told[other.author_id].body
    assert "Impacto: 2.0" in told[english.pk].body
    assert "Not selected" in told[english.pk].body
    outcomes = LedgerEntry.objects.get(verb="innovation.decision_release").details["outcomes"]
    assert outcomes == {str(chosen.public_id): "selected", str(other.public_id): "not_selected"}


def test_release_happens_once_and_freezes_everything():
    challenge, [proposal] = closed_challenge(1)
    decision = decided(proposal)
    assignment = assigned(proposal, state="cleared")
    release_decisions(by=staff(), challenge=challenge)
    with pytest.raises(WrongState):
        release_decisions(by=staff(), challenge=challenge)
    with pytest.raises(WrongState):
        decide(proposal, revision=decision.revision, outcome="reserve")
    from minka.innovation.actions.evaluations import save_scores

    with pytest.raises(WrongState):
        save_scores(by=assignment.evaluator, assignment=assignment, revision=0, scores={})
    assert Notice.objects.count() == 1


def test_a_challenge_without_proposals_can_be_closed_too():
    challenge, _none = closed_challenge(0)
    release_decisions(by=staff(), challenge=challenge)
    assert challenge.state == "decided"


def test_after_the_release_the_supplier_reads_outcome_feedback_and_means(client):
    challenge, [proposal] = closed_challenge(1)
    decided(
        proposal,
        "reserve",
        reason="Razón interna del equipo.",
        feedback="Muy cerca: falta el costo.",
    )
    evaluation = scored(proposal, [5, 2], reason="Lo dijo la evaluadora.")
    scored(proposal, [4, 2])
    release_decisions(by=staff(), challenge=challenge)
    client.force_login(proposal.author)
    address = reverse("innovation:proposal", args=[proposal.public_id])
    page = client.get(address, {"lang": "en"}).content.decode()
    for shown in ("Reserve list", "Muy cerca: falta el costo.", "4.5", "2.0", "Impacto"):
        assert shown in page
    for hidden in ("Razón interna", evaluation.evaluator.full_name, "Lo dijo la evaluadora."):
        assert hidden not in page


def test_the_public_selection_names_only_the_chosen_and_only_after_the_release():
    challenge, [chosen, other] = closed_challenge(2)
    decided(chosen)
    decided(other, "reserve")
    assert released_selection(challenge) == []
    release_decisions(by=staff(), challenge=challenge)
    assert [one.actor for one in released_selection(challenge)] == [chosen.lead]
    assert released_decision(viewer=other.author, proposal=chosen) is None


PUBLIC = "Un reactor pasivo que no necesita cal, probado en Cerro Quillabamba."
OTHERS = "Una membrana cerámica propia"


def everywhere(client, challenge):
    """What anybody without an account finds of a challenge: pages, API, feed, search, papers."""
    addresses = [
        reverse("innovation:challenge", args=[challenge.slug]),
        reverse("innovation:challenges"),
        reverse("innovation:challenge_news", args=[challenge.slug, "es"]),
        reverse("innovation:challenges_news", args=["es"]),
        f"/api/innovation/challenges/{challenge.slug}",
        "/api/innovation/challenges",
        f"{reverse('portal:search')}?q=membrana+reactor+pasivo",
        reverse("portal:home"),
        reverse("innovation:programme"),
        reverse("innovation:ocds"),
    ]
    return " ".join(client.get(one).content.decode() for one in addresses)


def test_the_public_summary_of_the_chosen_alone_is_public_and_only_after_the_release(client):
    challenge, [chosen, other, withdrawn] = closed_challenge(3, names_company=True)
    decided(chosen)
    decided(other, "not_selected")
    decided(withdrawn)
    Proposal.objects.filter(pk=chosen.pk).update(public_summary=PUBLIC, approach="Con biocarbón")
    Proposal.objects.filter(pk=other.pk).update(public_summary=OTHERS)
    Proposal.objects.filter(pk=withdrawn.pk).update(public_summary=OTHERS, state="withdrawn")
    before = everywhere(client, challenge)
    release_decisions(by=staff(), challenge=challenge)
    after = everywhere(client, challenge)
    assert PUBLIC not in before
    assert after.count(PUBLIC) == 2  # its page and the API of the challenge
    for secret in (OTHERS, "biocarbón", chosen.title, other.lead.name):
        assert secret not in before + after
    [told] = client.get(f"/api/innovation/challenges/{challenge.slug}").json()["selection"]
    assert told["organisation"]["name"] == chosen.lead.name


def test_a_public_summary_does_not_tell_whose_anonymous_challenge_it_is(client):
    challenge, [chosen] = closed_challenge(1, names_company=False)
    company = ActorFactory(kind="mining_company", name="Minera Quillabamba S.A.")
    challenge.problems.add(ProblemFactory(company=company))
    Proposal.objects.filter(pk=chosen.pk).update(
        public_summary="Para Minera Quillabamba S.A., sin cal."
    )
    decided(chosen)
    release_decisions(by=staff(), challenge=challenge)
    [told] = released_selection(challenge)
    assert "Quillabamba" not in told.summary
    assert "sin cal" in told.summary
    assert "Quillabamba" not in everywhere(client, challenge)


def test_the_page_saves_a_decision_and_shows_the_others_version_on_a_conflict(client):
    challenge, [proposal] = closed_challenge(1)
    scored(proposal, [5, 4], reason="Convincente.")
    team = staff()
    client.force_login(team)
    address = reverse("innovation:decision", args=[proposal.public_id])
    assert "Convincente." not in client.get(address).content.decode()
    discussed(challenge)
    page = client.get(address).content.decode()
    assert "Convincente." in page
    sent = {"outcome": "selected", "revision": "0", **WORDS}
    assert client.post(address, sent).status_code == 302
    again = client.post(
        address, {**sent, "outcome": "reserve", "reason": "Mi razón, distinta de la otra."}
    )
    assert again.status_code == 409
    text = again.content.decode()
    assert "Mi razón, distinta de la otra." in text  # what I typed
    assert WORDS["reason"] in text  # what was saved
    short = client.post(address, {**sent, "revision": "1", "feedback": "corto"})
    assert short.status_code == 422
    assert "corto" in short.content.decode()
