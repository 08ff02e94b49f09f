"""Clarifications and appeals: asked in time, answered by who had no part in what was decided."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from minka.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry, Notice
from minka.innovation.actions.appeals import (
    answer,
    ask,
    decide_again,
    name_handler,
    remind,
    reopen_decision,
)
from minka.innovation.models import Appeal, DecisionLetter, FormerDecision, Interest
from minka.innovation.queries.appeals import candidates_for, evaluations_without_names
from minka.innovation.queries.decisions import released_selection
from minka.innovation.queries.proposals import visible_proposals
from tests.factories import UserFactory
from tests.innovation.panel_stories import approved, closed_panel, released
from tests.innovation.stories import assigned, member_of, staff

pytestmark = pytest.mark.django_db
WORDS = "En la página 4 de nuestra propuesta está el plan de repuestos que la carta echa en falta."
REASON = "El plan de repuestos está en el anexo 2 y no fue leído: el reclamo tiene razón en eso."
DECIDED = {
    "reason": "Con el plan de repuestos cumple la condición.",
    "feedback": "Se acepta el plan de repuestos del anexo 2.",
}


def asked(proposal, letters, kind="appeal"):
    return ask(by=proposal.author, letter=letters[proposal.pk], kind=kind, text=WORDS)


def upheld(proposal, letters, finding="upheld"):
    appeal = asked(proposal, letters)
    handler = UserFactory(roles=["committee"])
    name_handler(by=handler, appeal=appeal, handler=handler)
    answer(by=handler, appeal=appeal, revision=appeal.revision, finding=finding, words=REASON)
    return appeal, handler


def test_the_solvers_people_ask_once_of_each_kind():
    _challenge, [_one, proposal], letters = released(2)
    asked(proposal, letters)
    asked(proposal, letters, "clarification")
    with pytest.raises(WrongState):
        asked(proposal, letters)
    with pytest.raises(InvalidInput):
        ask(by=proposal.author, letter=letters[proposal.pk], kind="appeal", text="No.")
    assert Appeal.objects.count() == 2


def test_nobody_else_asks(client):
    _challenge, [one, proposal], letters = released(2)
    letter = letters[proposal.pk]
    for person in (one.author, staff(), UserFactory()):
        with pytest.raises(NotAllowed):
            ask(by=person, letter=letter, kind="appeal", text=WORDS)
        client.force_login(person)
        address = reverse("innovation:appeal_ask", args=[letter.public_id])
        assert client.post(address, {"kind": "appeal", "text": WORDS}).status_code == 404


def test_what_comes_late_by_the_servers_clock_is_refused_and_the_rule_is_said(client):
    _challenge, [_one, proposal], letters = released(2)
    letter = letters[proposal.pk]
    DecisionLetter.objects.filter(pk=letter.pk).update(
        appeal_until=timezone.now() - timedelta(seconds=1)
    )
    client.force_login(proposal.author)
    address = reverse("innovation:appeal_ask", args=[letter.public_id])
    late = client.post(f"{address}?lang=en", {"kind": "appeal", "text": WORDS})
    assert late.status_code == 409
    assert "as the letter said" in late.content.decode()
    assert not Appeal.objects.exists()


def test_the_system_says_who_may_answer_and_refuses_the_others():
    challenge, [proposal, _other], by, session, people = closed_panel()
    evaluator = assigned(proposal, state="cleared").evaluator
    approved(session, people)
    from minka.innovation.actions.decisions import release_decisions

    release_decisions(by=by, challenge=challenge)
    letters = {one.proposal_id: one for one in DecisionLetter.objects.all()}
    appeal = asked(proposal, letters)
    free, partial = UserFactory(roles=["committee"]), UserFactory(roles=["committee"])
    Interest.objects.create(person=partial, actor=proposal.lead, reason="Es socio.", stated_by=by)
    evaluator_of_the_team = assigned(proposal, evaluator=staff(), state="conflicted").evaluator
    rival = member_of(_other.lead, user__is_staff=True)
    may = {one.person.pk for one in candidates_for(appeal=appeal) if one.may}
    assert free.pk in may
    refused = [by, people[0], evaluator, evaluator_of_the_team, partial, rival, proposal.author,
               UserFactory(), UserFactory(roles=["auditor"])]  # fmt: skip
    for person in refused:
        assert person.pk not in may
        with pytest.raises(NotAllowed):
            name_handler(by=person, appeal=appeal, handler=person)
        with pytest.raises(NotAllowed):
            name_handler(by=staff(), appeal=appeal, handler=person)
    with pytest.raises(NotAllowed):  # the committee names nobody else
        name_handler(by=free, appeal=appeal, handler=UserFactory(roles=["committee"]))
    name_handler(by=free, appeal=appeal, handler=free)


def test_whoever_answers_reads_the_proposal_and_evaluations_without_names(client):
    _challenge, [other, proposal], letters = released(2)
    appeal = asked(proposal, letters)
    handler = UserFactory(roles=["committee"])
    assert proposal not in visible_proposals(viewer=handler)
    name_handler(by=handler, appeal=appeal, handler=handler)
    assert proposal in visible_proposals(viewer=handler)
    assert other not in visible_proposals(viewer=handler)
    given = evaluations_without_names(viewer=handler, appeal=appeal)
    assert len(given) == 2
    client.force_login(handler)
    page = client.get(reverse("innovation:appeal_handle", args=[appeal.public_id])).content.decode()
    assert WORDS in page
    names = [one.evaluator.full_name for one in proposal.assignments.all()]
    assert all(name not in page for name in [*names, other.title, other.lead.name])


def test_who_may_not_answer_reads_neither_the_words_nor_the_evaluations(client):
    _challenge, [_one, proposal], letters = released(2)
    appeal = asked(proposal, letters)
    decider = proposal.decision.decided_by
    address = reverse("innovation:appeal_handle", args=[appeal.public_id])
    client.force_login(decider)
    assert WORDS not in client.get(address).content.decode()
    rival = member_of(proposal.challenge.proposals.first().lead, user__is_staff=True)
    for person in (UserFactory(), UserFactory(roles=["auditor"]), rival):
        client.force_login(person)
        assert client.get(address).status_code == 404
    assert all(WORDS not in entry.data for entry in LedgerEntry.objects.all())
    assert all(WORDS not in one.body for one in Notice.objects.all())


def test_an_answer_needs_a_finding_a_reason_and_its_handler():
    _challenge, [_one, proposal], letters = released(2)
    appeal = asked(proposal, letters)
    handler = UserFactory(roles=["committee"])
    name_handler(by=handler, appeal=appeal, handler=handler)
    revision = appeal.revision
    with pytest.raises(NotAllowed):
        answer(by=staff(), appeal=appeal, revision=revision, finding="upheld", words=REASON)
    with pytest.raises(InvalidInput):
        answer(by=handler, appeal=appeal, revision=revision, finding="explained", words=REASON)
    with pytest.raises(InvalidInput):
        answer(by=handler, appeal=appeal, revision=revision, finding="upheld", words="Sí.")
    with pytest.raises(Conflict):
        answer(by=handler, appeal=appeal, revision=0, finding="upheld", words=REASON)
    answer(by=handler, appeal=appeal, revision=revision, finding="upheld", words=REASON)
    assert Notice.objects.filter(
        kind="innovation.appeal_answered", recipient=proposal.author
    ).exists()
    with pytest.raises(WrongState):
        name_handler(by=staff(), appeal=appeal, handler=UserFactory(roles=["committee"]))


def test_a_conflict_found_late_takes_the_answer_out_of_their_hands():
    _challenge, [_one, proposal], letters = released(2)
    appeal = asked(proposal, letters)
    handler = UserFactory(roles=["committee"])
    name_handler(by=handler, appeal=appeal, handler=handler)
    Interest.objects.create(
        person=handler, actor=proposal.lead, reason="Es socio.", stated_by=handler
    )
    with pytest.raises(NotAllowed):
        answer(by=handler, appeal=appeal, revision=appeal.revision, finding="upheld", words=REASON)
    assert proposal not in visible_proposals(viewer=handler)


def test_an_upheld_appeal_leads_to_another_decision_on_that_proposal_alone():
    challenge, [one, proposal], letters = released(2)
    appeal, _handler = upheld(proposal, letters)
    before = proposal.decision
    with pytest.raises(WrongState):  # not open yet
        decide_again(by=staff(), proposal=proposal, revision=0, outcome="selected", **DECIDED)
    reopen_decision(by=staff(), appeal=appeal)
    with pytest.raises(WrongState):
        reopen_decision(by=staff(), appeal=appeal)
    # what was decided holds meanwhile
    assert [each.actor for each in released_selection(challenge)] == [one.lead]
    decide_again(
        by=staff(), proposal=proposal, revision=before.revision, outcome="selected", **DECIDED
    )
    former = FormerDecision.objects.get()
    assert (former.outcome, former.reason, former.letter) == (
        "not_selected", before.reason, letters[proposal.pk],
    )  # fmt: skip
    assert {each.actor for each in released_selection(challenge)} == {one.lead, proposal.lead}
    assert [letter.version for letter in proposal.letters.all()] == [1, 2]
    assert one.letters.count() == 1
    told = LedgerEntry.objects.get(verb="innovation.decision_again").details
    assert (told["from"], told["to"]) == ("not_selected", "selected")
    with pytest.raises(WrongState):
        decide_again(by=staff(), proposal=proposal, revision=9, outcome="reserve", **DECIDED)
    with pytest.raises(WrongState):  # the letter before is no longer the one to ask about
        ask(by=proposal.author, letter=letters[proposal.pk], kind="clarification", text=WORDS)


def test_what_was_dismissed_is_not_decided_again_and_the_handler_does_not_decide():
    _challenge, [one, proposal], letters = released(2)
    appeal, _handler = upheld(proposal, letters, "dismissed")
    with pytest.raises(WrongState):
        reopen_decision(by=staff(), appeal=appeal)
    other = asked(one, letters)
    handler = staff()
    name_handler(by=handler, appeal=other, handler=handler)
    answer(by=handler, appeal=other, revision=other.revision, finding="partly", words=REASON)
    reopen_decision(by=staff(), appeal=other)
    with pytest.raises(NotAllowed):
        decide_again(by=handler, proposal=one, revision=0, outcome="reserve", **DECIDED)


def test_the_page_offers_the_decision_to_somebody_else_than_who_answered(client):
    _challenge, [one, _other], letters = released(2)
    appeal, handler = asked(one, letters), staff()
    name_handler(by=handler, appeal=appeal, handler=handler)
    answer(by=handler, appeal=appeal, revision=appeal.revision, finding="upheld", words=REASON)
    base = reverse("innovation:appeal_handle", args=[appeal.public_id])
    again = reverse("innovation:decision_again", args=[one.public_id])
    client.force_login(handler)
    assert client.post(f"{base}reabrir/")["Location"] == base
    for address in (base, again):
        page = client.get(address, {"lang": "en"}).content.decode()
        assert "somebody else of the team does" in page
        assert 'name="outcome"' not in page
        assert f'href="{again}"' not in page
    client.force_login(staff())
    assert f'href="{again}"' in client.get(base).content.decode()
    assert 'name="outcome"' in client.get(again).content.decode()


def test_the_reminder_tells_who_answers_and_nobody_once_it_is_answered():
    _challenge, [_one, proposal], letters = released(2)
    appeal = asked(proposal, letters)
    handler = UserFactory(roles=["committee"])
    name_handler(by=handler, appeal=appeal, handler=handler)
    assert remind(appeal_id=appeal.pk)
    due = Notice.objects.filter(kind="innovation.appeal_due")
    assert [one.recipient_id for one in due] == [handler.pk]
    answer(by=handler, appeal=appeal, revision=appeal.revision, finding="upheld", words=REASON)
    assert not remind(appeal_id=appeal.pk)


def test_by_its_pages_from_asking_to_the_new_letter(client):
    _challenge, [_one, proposal], letters = released(2)
    letter = letters[proposal.pk]
    page = reverse("innovation:letter", args=[letter.public_id])
    client.force_login(proposal.author)
    assert client.get(page).status_code == 200
    sent = client.post(f"{page}preguntar/", {"kind": "appeal", "text": WORDS})
    assert sent.status_code == 302
    appeal = Appeal.objects.get()
    handler, team = UserFactory(roles=["committee"]), staff()
    client.force_login(handler)
    assert client.get(reverse("innovation:appeals")).status_code == 200
    base = reverse("innovation:appeal_handle", args=[appeal.public_id])
    assert client.post(f"{base}tomar/").status_code == 302
    short = client.post(f"{base}responder/", {"finding": "upheld", "words": "Sí", "revision": 1})
    assert short.status_code == 422
    done = client.post(f"{base}responder/", {"finding": "upheld", "words": REASON, "revision": 1})
    assert done.status_code == 302
    client.force_login(team)
    assert client.post(f"{base}reabrir/").status_code == 302
    again = reverse("innovation:decision_again", args=[proposal.public_id])
    assert client.get(again).status_code == 200
    form = {"outcome": "selected", "revision": proposal.decision.revision, **DECIDED}
    assert client.post(again, form).status_code == 302
    client.force_login(proposal.author)
    assert REASON in client.get(page).content.decode()
    newest = proposal.letters.get(version=2)
    assert str(newest.public_id) in client.get(page).content.decode()
