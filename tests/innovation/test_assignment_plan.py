"""Who evaluates what is proposed first, solved around what is fixed, and then written at once."""

import pytest
from django.urls import reverse
from django.utils import timezone

from minka.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry, Notice
from minka.innovation.actions.assignments import (
    apply_plan,
    assign_evaluators,
    come_back,
    drop_out,
)
from minka.innovation.actions.evaluators import (
    Competence,
    Side,
    describe_evaluator,
    state_interest,
)
from minka.innovation.models import Assignment, EvaluatorProfile
from minka.innovation.queries.assignment_plan import Wishes, plan_assignment
from minka.innovation.queries.evaluators import pool
from tests.factories import (
    EvaluatorProfileFactory,
    MembershipFactory,
    ThemeFactory,
    UserFactory,
)
from tests.innovation.stories import assigned, closed_challenge, scored, staff

pytestmark = pytest.mark.django_db
TWO = Wishes(per_proposal=2)
ANY = Wishes(per_proposal=2, both_kinds=False)


def technical(**kwargs):
    return EvaluatorProfileFactory(**kwargs).person


def operational(**kwargs):
    person = MembershipFactory(role="user_area").user
    EvaluatorProfileFactory(person=person, kind="operational", **kwargs)
    return person


def pairs_of(plan):
    return {(row.proposal.pk, one.evaluator.person.pk) for row in plan.rows for one in row.pairs}


def plan_of(challenge, wishes=TWO, viewer=None):
    return plan_assignment(viewer=viewer or staff(), challenge=challenge, wishes=wishes)


def test_each_proposal_gets_who_knows_it_one_of_either_side():
    challenge, [water, wear] = closed_challenge(2)
    themes = {name: ThemeFactory(label_es=name) for name in ("espesamiento", "revestimientos")}
    type(water).objects.filter(pk=water.pk).update(summary="Mejoramos el espesamiento.")
    type(wear).objects.filter(pk=wear.pk).update(summary="Medimos los revestimientos.")
    knows = {name: technical(themes=[theme], max_load=1) for name, theme in themes.items()}
    area = operational()
    plan = plan_of(challenge)
    assert pairs_of(plan) == {
        (water.pk, knows["espesamiento"].pk), (wear.pk, knows["revestimientos"].pk),
        (water.pk, area.pk), (wear.pk, area.pk),
    }  # fmt: skip
    first = plan.rows[0].pairs[0]
    assert first.themes == ("Espesamiento",)
    assert not Assignment.objects.exists()  # nothing is written by looking


def test_it_is_written_all_at_once_with_one_message_each():
    challenge, _proposals = closed_challenge(3)
    people = [technical(), operational()]
    team = staff()
    plan = plan_of(challenge, viewer=team)
    apply_plan(by=team, challenge=challenge, wishes=TWO, fingerprint=plan.fingerprint)
    assert Assignment.objects.count() == 6
    assert {n.recipient_id for n in Notice.objects.all()} == {one.pk for one in people}
    assert Notice.objects.count() == 2
    entry = LedgerEntry.objects.get(verb="innovation.assignment_apply")
    assert entry.details["new"] == 6


def test_what_changed_since_it_was_seen_is_not_written():
    challenge, [proposal, _other] = closed_challenge(2)
    technical(), operational()
    team = staff()
    seen = plan_of(challenge, viewer=team)
    other = technical()
    assign_evaluators(by=team, challenge=challenge, pairs=[(proposal.pk, other.pk)])
    with pytest.raises(Conflict):
        apply_plan(by=team, challenge=challenge, wishes=TWO, fingerprint=seen.fingerprint)
    assert Assignment.objects.count() == 1
    with pytest.raises(NotAllowed):
        apply_plan(by=other, challenge=challenge, wishes=TWO, fingerprint=seen.fingerprint)


def test_language_is_a_hard_condition_and_so_are_load_days_and_conflicts():
    challenge, [spanish, english] = closed_challenge(2)
    type(english).objects.filter(pk=english.pk).update(language="en")
    reads_both = technical(reads_english=True)
    technical(reads_spanish=True)
    technical(reads_english=True, available_until=timezone.localdate() - timezone.timedelta(days=1))
    barred = technical(reads_english=True)
    state_interest(by=barred, person=barred, actor=english.lead, reason="Es mi cliente.")
    busy = technical(reads_english=True, max_load=1)
    assigned(closed_challenge(1)[1][0], evaluator=busy)
    plan = plan_of(challenge, Wishes(per_proposal=1, both_kinds=False))
    assert (english.pk, reads_both.pk) in pairs_of(plan)
    impossible = plan_of(challenge, ANY)
    assert not impossible.is_possible
    [few] = impossible.clashes
    assert [impossible.items[at] for at in few.items] == [str(english)] or few.people
    assert spanish.pk


def test_it_says_in_words_why_it_cannot_be_met(client):
    challenge, [proposal] = closed_challenge(1)
    technical()
    client.force_login(staff())
    address = reverse("innovation:assignment_plan", args=[challenge.slug])
    page = client.get(address, {"lang": "en"}).content.decode()
    assert "This cannot be met" in page
    assert proposal.title in page
    assert "operational" in page
    with pytest.raises(InvalidInput):
        apply_plan(by=staff(), challenge=challenge, wishes=TWO, fingerprint="")


def test_what_is_confirmed_stays_and_the_rest_is_solved_around_it():
    challenge, [one, _other] = closed_challenge(2)
    confirmed = assigned(one, evaluator=technical(), state="cleared")
    asked = assigned(one, evaluator=technical())
    operational()
    kept = plan_of(challenge, Wishes(per_proposal=2))
    assert {(one.pk, confirmed.evaluator_id), (one.pk, asked.evaluator_id)} <= pairs_of(kept)
    assert len(kept.rows[0].pairs) == 3  # an operational one is still missing
    free = plan_of(challenge, Wishes(per_proposal=2, keep_asked=False))
    assert (one.pk, confirmed.evaluator_id) in pairs_of(free)
    assert [a.pk for a in free.released] == [asked.pk]


def test_when_somebody_drops_out_what_they_began_stays_and_the_rest_is_given_to_others():
    challenge, [begun, handed, open_] = closed_challenge(3)
    person, other, area = technical(), technical(), operational()
    for proposal in (begun, handed, open_):
        assigned(proposal, evaluator=area, state="cleared")
    started = assigned(begun, evaluator=person, state="cleared")
    started.scores.create(criterion=challenge.criteria.first(), points=4)
    scored(handed, [4, 4], evaluator=person)
    assigned(open_, evaluator=person, state="cleared")
    team = staff()
    with pytest.raises(InvalidInput):
        drop_out(by=team, challenge=challenge, person=person, reason="")
    released = drop_out(by=team, challenge=challenge, person=person, reason="Está con licencia.")
    assert [one.proposal for one in released] == [open_]
    assert Assignment.objects.filter(evaluator=person).count() == 2
    with pytest.raises(InvalidInput):
        assign_evaluators(by=team, challenge=challenge, pairs=[(open_.pk, person.pk)])
    plan = plan_of(challenge, viewer=team)
    assert plan.fresh == [(open_.pk, other.pk)]
    with pytest.raises(WrongState):
        drop_out(by=team, challenge=challenge, person=person, reason="Está con licencia.")
    come_back(by=team, challenge=challenge, person=person)
    assert assign_evaluators(by=team, challenge=challenge, pairs=[(open_.pk, person.pk)])


def test_the_page_shows_reasons_and_assigns_what_it_showed(client):
    challenge, proposals = closed_challenge(2)
    technical(), operational()
    client.force_login(staff())
    address = reverse("innovation:assignment_plan", args=[challenge.slug])
    asked = {"sent": "1", "per": "2", "both": "1", "keep": "1"}
    page = client.get(address, asked).content.decode()
    fingerprint = page.split('name="fingerprint" value="')[1].split('"')[0]
    assert client.post(address, {**asked, "fingerprint": "otra"}).status_code == 409
    assert client.post(address, {**asked, "fingerprint": fingerprint}).status_code == 302
    assert Assignment.objects.count() == 2 * len(proposals)
    again = client.get(address, {**asked, "lang": "en"}).content.decode()
    assert "everything stays as it is" in again


def test_strangers_find_neither_plan_nor_pool_nor_other_profiles(client):
    challenge, [proposal] = closed_challenge(1)
    person, other = technical(expertise="Molienda y clasificación"), technical()
    for who in (UserFactory(), proposal.author, other):
        client.force_login(who)
        for address in (
            reverse("innovation:assignment_plan", args=[challenge.slug]),
            reverse("innovation:evaluators"),
            reverse("innovation:evaluator", args=[person.pk]),
        ):
            answer = client.get(address)
            assert answer.status_code == 404
            assert "Molienda" not in answer.content.decode()
        assert pool(viewer=who).members == []


def test_evaluators_write_what_they_know_and_the_team_from_which_side(client):
    person = UserFactory(roles=["evaluator"])
    competence = Competence(expertise="Flotación", max_load=4)
    describe_evaluator(by=person, person=person, competence=competence, side=Side("technical"))
    with pytest.raises(NotAllowed):
        describe_evaluator(
            by=person, person=person, competence=competence, side=Side("operational")
        )
    with pytest.raises(NotAllowed):
        describe_evaluator(
            by=technical(), person=person, competence=competence, side=Side("technical")
        )
    with pytest.raises(InvalidInput) as caught:
        nothing = Competence(reads_spanish=False, max_load=0)
        describe_evaluator(by=staff(), person=person, competence=nothing, side=Side("technical"))
    assert set(caught.value.fields) == {"reads_spanish", "max_load"}
    client.force_login(person)
    address = reverse("innovation:evaluator", args=[person.pk])
    sent = {
        "expertise": "Espesamiento",
        "reads_english": "on",
        "max_load": "3",
        "kind": "operational",
    }
    assert client.post(address, sent).status_code == 302
    profile = EvaluatorProfile.objects.get(person=person)
    assert (profile.expertise, profile.max_load, profile.kind) == ("Espesamiento", 3, "technical")
    assert profile.languages == {"en"}


def test_an_interest_is_declared_by_the_name_of_the_organisation(client):
    _challenge, [proposal] = closed_challenge(1)
    person = technical()
    client.force_login(person)
    address = reverse("innovation:interest_add", args=[person.pk])
    wrong = client.post(address, {"organisation": "Nadie S.A.", "reason": "Fui su asesora."})
    assert wrong.status_code == 422
    named = {"organisation": proposal.lead.name, "reason": "Fui su asesora."}
    assert client.post(address, named).status_code == 302
    page = client.get(reverse("innovation:evaluator", args=[person.pk])).content.decode()
    assert "Fui su asesora." in page


def test_the_plan_costs_the_same_for_few_and_for_many(client, django_assert_max_num_queries):
    counts = []
    for many in (2, 5):
        challenge, _proposals = closed_challenge(many)
        for _ in range(many):
            technical(themes=[ThemeFactory()]), operational()
        team = staff()
        plan_of(challenge, viewer=team)
        with django_assert_max_num_queries(30) as captured:
            assert plan_of(challenge, viewer=team).is_possible
        counts.append(len(captured))
    assert counts[0] == counts[1]
