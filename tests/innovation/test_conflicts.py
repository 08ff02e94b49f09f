"""Conflicts are found with their reason; whoever has one sees neither proposal nor evaluators."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry
from minka.innovation.actions.assignments import assign_evaluators
from minka.innovation.actions.conflicts import end_waiver, set_aside, waive_conflict
from minka.innovation.actions.decisions import save_decision
from minka.innovation.actions.evaluators import state_interest, withdraw_interest
from minka.innovation.models import Assignment, Interest
from minka.innovation.queries.conflict_words import all_words
from minka.innovation.queries.conflicts import conflict_between, conflicts
from minka.innovation.queries.evaluations import own_assignments
from minka.innovation.queries.proposals import visible_proposals
from minka.innovation.queries.ranking import ranking
from minka.knowledge.models import Relation
from tests.factories import ActorFactory, MembershipFactory, UserFactory
from tests.innovation.stories import assigned, closed_challenge, discussed, scored, staff
from tests.innovation.test_leaks_proposals import everything

pytestmark = pytest.mark.django_db
WHY = "Trabajan en otra planta y no se conocen entre sí."


def tie(tail, head, kind, **kwargs):
    return Relation.objects.create(tail=tail, head=head, kind=kind, origin="entered", **kwargs)


def evaluator_of(actor=None, **kwargs):
    person = UserFactory(roles=["evaluator"], **kwargs)
    if actor is not None:
        MembershipFactory(user=person, actor=actor)
    return person


def grounds(proposal, person):
    return [one.ground.value for one in conflict_between(proposal=proposal, person=person)]


def test_the_own_organisation_is_one_and_a_strange_one_is_none():
    _challenge, [proposal] = closed_challenge(1)
    assert grounds(proposal, evaluator_of(proposal.lead)) == ["organisation"]
    assert grounds(proposal, evaluator_of(ActorFactory())) == []
    assert grounds(proposal, evaluator_of()) == []


def test_sisters_of_one_group_are_one_by_their_parent_unless_it_ended():
    _challenge, [proposal, other] = closed_challenge(2)
    sister, parent = ActorFactory(), ActorFactory()
    for one in (sister, proposal.lead):
        tie(one, parent, "subsidiary_of")
    yesterday = timezone.localdate() - timedelta(days=1)
    tie(sister, other.lead, "subsidiary_of", ends_on=yesterday)
    person = evaluator_of(sister)
    assert grounds(proposal, person) == ["group"]
    assert grounds(other, person) == []


@pytest.mark.parametrize(
    ("kind", "ground"),
    [("contracted_by", "contract"), ("supplies", "contract"), ("proposes_with", "co_proposal"),
     ("researches_with", "tie"), ("member_of", None), ("certifies", None)],
)  # fmt: skip
def test_ties_of_the_map_are_one_by_their_kind_and_only_for_some_years(kind, ground):
    _challenge, [proposal, other] = closed_challenge(2)
    home = ActorFactory()
    today = timezone.localdate()
    tie(home, proposal.lead, kind, ends_on=today - timedelta(days=400))
    tie(home, other.lead, kind, ends_on=today - timedelta(days=4000))
    person = evaluator_of(home)
    assert grounds(proposal, person) == ([ground] if ground else [])
    assert grounds(other, person) == []


def test_a_partner_of_the_consortium_is_one_and_its_people_cannot_be_asked_at_all():
    challenge, [proposal, rival] = closed_challenge(2)
    partner = ActorFactory()
    tie(proposal.lead, partner, "proposes_with", act=f"innovation.proposal:{proposal.pk}")
    person = evaluator_of(partner)
    assert "partner" in grounds(proposal, person)
    with pytest.raises(InvalidInput):
        assign_evaluators(by=staff(), challenge=challenge, pairs=[(rival.pk, person.pk)])


def test_an_address_of_the_organisation_is_one_and_that_of_a_public_provider_is_none():
    _challenge, [proposal] = closed_challenge(1)
    type(proposal.lead).objects.filter(pk=proposal.lead_id).update(
        website="https://www.aleaciones.pe/nosotros", email="aleaciones@gmail.com"
    )
    assert grounds(proposal, evaluator_of(email="ana@aleaciones.pe")) == ["mail"]
    assert grounds(proposal, evaluator_of(email="ana@ventas.aleaciones.pe")) == ["mail"]
    assert grounds(proposal, evaluator_of(email="ana@gmail.com")) == []
    assert grounds(proposal, evaluator_of(email="ana@otrasaleaciones.pe")) == []


def test_every_ground_is_told_in_a_sentence_with_names():
    _challenge, [proposal] = closed_challenge(1)
    person = evaluator_of(ActorFactory(name="Minera Pallca S.A."))
    tie(proposal.lead, person.memberships.get().actor, "supplies")
    known = conflicts(proposals=[proposal], people=[person])
    [words] = all_words(known.standing(proposal.pk, person.pk), known.names)
    assert "Minera Pallca S.A." in words
    assert proposal.lead.name in words


def test_a_conflict_is_refused_when_assigning_lifted_by_name_and_a_new_ground_holds_again():
    challenge, [proposal] = closed_challenge(1)
    home = ActorFactory()
    tie(proposal.lead, home, "supplies")
    person, team = evaluator_of(home), staff()
    pairs = [(proposal.pk, person.pk)]
    with pytest.raises(InvalidInput):
        assign_evaluators(by=team, challenge=challenge, pairs=pairs)
    waive_conflict(by=team, proposal=proposal, evaluator=person, reason=WHY)
    assert conflict_between(proposal=proposal, person=person) == ()
    assert assign_evaluators(by=team, challenge=challenge, pairs=pairs)
    entry = LedgerEntry.objects.get(verb="innovation.conflict_waive")
    assert (entry.by, entry.details["evaluator"], entry.details["reason"]) == (team, person.pk, WHY)
    tie(proposal.lead, home, "researches_with")
    assert grounds(proposal, person) == ["contract", "tie"]


def test_nobody_lifts_their_own_nor_without_a_reason_nor_what_cannot_be_lifted():
    _challenge, [proposal] = closed_challenge(1)
    home = ActorFactory()
    tie(proposal.lead, home, "supplies")
    own = evaluator_of(home, is_staff=True)
    person = evaluator_of(home)
    for by in (own, person, UserFactory()):
        with pytest.raises(NotAllowed):
            waive_conflict(by=by, proposal=proposal, evaluator=own, reason=WHY)
    with pytest.raises(InvalidInput):
        waive_conflict(by=staff(), proposal=proposal, evaluator=person, reason="porque sí")
    member = evaluator_of(proposal.lead)
    declared = evaluator_of()
    state_interest(by=declared, person=declared, actor=proposal.lead, reason="Es mi hermana.")
    for one in (member, declared, evaluator_of()):
        with pytest.raises(WrongState):
            waive_conflict(by=staff(), proposal=proposal, evaluator=one, reason=WHY)


def test_a_lifting_that_is_taken_back_closes_the_proposal_again():
    _challenge, [proposal] = closed_challenge(1)
    home = ActorFactory()
    tie(proposal.lead, home, "supplies")
    mine = assigned(proposal, evaluator=evaluator_of(home), state="cleared")
    waiver = waive_conflict(by=staff(), proposal=proposal, evaluator=mine.evaluator, reason=WHY)
    assert proposal in visible_proposals(viewer=mine.evaluator)
    end_waiver(by=staff(), waiver=waiver)
    assert proposal not in visible_proposals(viewer=mine.evaluator)
    assert not own_assignments(viewer=mine.evaluator)


def test_what_was_declared_closes_later_proposals_and_only_the_right_people_take_it_back():
    challenge, [proposal, other] = closed_challenge(2)
    person = evaluator_of()
    interest = state_interest(by=person, person=person, actor=proposal.lead, reason="Fui su asesor")
    with pytest.raises(InvalidInput):
        assign_evaluators(by=staff(), challenge=challenge, pairs=[(proposal.pk, person.pk)])
    assert assign_evaluators(by=staff(), challenge=challenge, pairs=[(other.pk, person.pk)])
    with pytest.raises(NotAllowed):
        withdraw_interest(by=evaluator_of(), interest=interest)
    with pytest.raises(NotAllowed):
        state_interest(by=evaluator_of(), person=person, actor=other.lead, reason="Rumores")
    withdraw_interest(by=person, interest=interest)
    assert grounds(proposal, person) == []


@pytest.mark.parametrize("is_staff", [False, True])
def test_a_conflict_found_late_hides_the_proposal_and_its_evaluators_everywhere(client, is_staff):
    challenge, [proposal, other] = closed_challenge(2)
    type(proposal).objects.filter(pk=proposal.pk).update(title="Aleación secreta de cobalto")
    colleague = scored(proposal, [5, 5], evaluator__full_name="Colega Que No Debe Verse")
    scored(other, [3, 3])
    discussed(challenge)
    home = ActorFactory()
    person = evaluator_of(home, is_staff=is_staff)
    mine = assigned(proposal, evaluator=person, state="cleared")
    Assignment.objects.filter(pk=mine.pk).update(state="scored", scored_at=timezone.now())
    before = everything(client, person, challenge, [proposal], [mine, colleague])
    assert "Aleación secreta" in before
    tie(home, proposal.lead, "contracted_by")
    person = type(person).objects.get(pk=person.pk)
    seen = everything(client, person, challenge, [proposal], [mine, colleague])
    assert "Aleación secreta" not in seen
    for name in ("assignments", "ranking", "assignment_plan"):
        page = client.get(reverse(f"innovation:{name}", args=[challenge.slug])).content.decode()
        assert proposal.lead.name not in page
        assert f"/evaluaciones/{colleague.pk}/" not in page
    if is_staff:
        assert [row.proposal for row in ranking(viewer=person, challenge=challenge)] == [other]
        with pytest.raises(NotAllowed):
            save_decision(by=person, proposal=proposal, revision=0, outcome="selected",
                          reason="x" * 30, feedback="y" * 30)  # fmt: skip


def test_the_team_sets_somebody_aside_even_after_scores_which_then_do_not_count():
    challenge, [proposal] = closed_challenge(1)
    late, other = scored(proposal, [5, 5]), scored(proposal, [2, 2])
    discussed(challenge)
    with pytest.raises(InvalidInput):
        set_aside(by=staff(), assignment=late, reason="corto")
    with pytest.raises(NotAllowed):
        set_aside(by=other.evaluator, assignment=late, reason=WHY)
    set_aside(by=staff(), assignment=late, reason="Fue socio de la empresa hasta 2024.")
    [row] = ranking(viewer=staff(), challenge=challenge)
    assert (row.summary.mean, row.summary.count, row.conflicted) == (2.0, 1, 1)
    assert Interest.objects.filter(person=late.evaluator, actor=proposal.lead).exists()
    assert proposal not in visible_proposals(viewer=late.evaluator)


def test_finding_conflicts_costs_the_same_for_few_and_for_many(django_assert_max_num_queries):
    counts = []
    for many in (2, 6):
        _challenge, proposals = closed_challenge(many)
        home = ActorFactory()
        for proposal in proposals:
            tie(proposal.lead, home, "supplies")
        people = [evaluator_of(home) for _ in range(many)]
        with django_assert_max_num_queries(12) as captured:
            found = conflicts(proposals=proposals, people=people)
        assert len(found.found) == many * many
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_asking_somebody_for_all_proposals_leaves_out_those_with_a_conflict(client):
    challenge, [proposal, other] = closed_challenge(2)
    person = evaluator_of()
    state_interest(by=person, person=person, actor=proposal.lead, reason="Fui su asesora.")
    client.force_login(staff())
    address = reverse("innovation:assignments", args=[challenge.slug])
    page = client.get(address, {"lang": "en"}).content.decode()
    assert f'value="{other.pk}:{person.pk}"' in page
    assert f'value="{proposal.pk}:{person.pk}"' not in page
    assert "Fui su asesora." in page
    client.post(address, {"pair": [f"all:{person.pk}"], "reason": "Conoce el proceso."})
    assert [a.proposal for a in Assignment.objects.filter(evaluator=person)] == [other]
    forged = client.post(address, {"pair": [f"{proposal.pk}:{person.pk}"]})
    assert forged.status_code == 422


def test_the_pages_lift_set_aside_and_take_back_with_their_reasons(client):
    challenge, [proposal] = closed_challenge(1)
    home = ActorFactory()
    person = evaluator_of(home)
    mine = assigned(proposal, evaluator=person, state="cleared")
    tie(proposal.lead, home, "supplies")
    client.force_login(staff())
    lift = reverse("innovation:conflict_waive", args=[challenge.slug, person.pk, proposal.pk])
    assert client.post(lift, {"reason": "no"}).status_code == 422
    assert client.post(lift, {"reason": WHY}).status_code == 302
    page = client.get(reverse("innovation:assignments", args=[challenge.slug])).content.decode()
    assert WHY in page
    end = reverse("innovation:conflict_waive_end", args=[person.conflict_waivers.get().pk])
    assert client.post(end).status_code == 302
    aside = reverse("innovation:assignment_set_aside", args=[mine.pk])
    assert client.post(aside, {"reason": WHY}).status_code == 302
    mine.refresh_from_db()
    assert mine.state == "conflicted"
    client.force_login(person)
    for address in (lift, end, aside):
        assert client.post(address, {"reason": WHY}).status_code == 404
