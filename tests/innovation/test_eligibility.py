"""Eligibility with reasons, formal defects with a window, and who learns what, when."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from minka.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from minka.core.models import Notice
from minka.innovation.actions.corrections import (
    answer_correction,
    ask_correction,
    decide_correction,
)
from minka.innovation.actions.decisions import release_decisions, save_decision
from minka.innovation.actions.eligibility import (
    ConditionAnswer,
    answer_refusal,
    check_eligibility,
    review_refusal,
)
from minka.innovation.models import CorrectionRequest, EligibilityCheck, Proposal
from minka.innovation.queries.eligibility import conditions_of
from minka.innovation.queries.evaluations import own_assignments
from minka.innovation.queries.proposals import submitted_to, visible_proposals
from minka.innovation.queries.receipts import still_matches
from minka.innovation.queries.work_proposals import work_items
from minka.innovation.tasks import remind_of_correction
from tests.factories import ChallengeFactory, UserFactory
from tests.innovation.stories import (
    assigned,
    closed_challenge,
    decided,
    draft_of_member,
    member_of,
    staff,
)

pytestmark = pytest.mark.django_db
CONDITIONS = "- Empresas con RUC activo\n- Dos años de experiencia\n"
WHY = "Lo acreditado no alcanza los dos años pedidos."
MISSING = "Falta la constancia de RUC, que el formulario pide."
PDF = b"%PDF-1.4 constancia de RUC"


def closed(count=1):
    challenge, received = closed_challenge(count, eligibility_es=CONDITIONS)
    return challenge, received, staff()


def checked(proposal, by, *met, revision=0, reason="Se revisaron los documentos presentados."):
    answers = [ConditionAnswer(one, "" if one else WHY) for one in met]
    return check_eligibility(
        by=by, proposal=proposal, revision=revision, answers=answers, reason=reason
    )


def asked(proposal, by, *, days=3):
    until = timezone.now() + timedelta(days=days)
    return ask_correction(by=by, proposal=proposal, what=MISSING, until=until)


def pass_time(monkeypatch, **later):
    at = timezone.now() + timedelta(**later)
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)


def test_conditions_are_the_lines_of_who_may_take_part():
    challenge = ChallengeFactory(eligibility_es=CONDITIONS)
    assert conditions_of(challenge) == ["Empresas con RUC activo", "Dos años de experiencia"]


def test_what_is_not_eligible_leaves_the_evaluation_and_its_people_are_told_at_once():
    challenge, [bad, good], team = closed(2)
    evaluator = assigned(bad, state="cleared").evaluator
    decided(good)
    check = checked(bad, team, True, False)
    assert check.outcome == "ineligible"
    assert list(submitted_to(viewer=team, challenge=challenge)) == [good]
    assert not own_assignments(viewer=evaluator).exists()
    assert bad not in visible_proposals(viewer=evaluator)
    assert bad in visible_proposals(viewer=team)
    told = Notice.objects.filter(kind="innovation.eligibility")
    assert {one.recipient for one in told} == {bad.author}
    assert WHY in told[0].body
    with pytest.raises(WrongState):
        save_decision(
            by=team, proposal=bad, revision=0, outcome="selected", reason=WHY, feedback=WHY
        )


def test_every_condition_needs_an_answer_and_a_refusal_its_reason():
    _challenge, [proposal], team = closed()
    with pytest.raises(InvalidInput) as wrong:
        checked(proposal, team, True)
    assert set(wrong.value.fields) == {"met_1"}
    answers = [ConditionAnswer(True), ConditionAnswer(False, "corta")]
    with pytest.raises(InvalidInput) as wrong:
        check_eligibility(by=team, proposal=proposal, revision=0, answers=answers, reason=WHY)
    assert set(wrong.value.fields) == {"reason_1"}


def test_only_the_impartial_team_checks_and_the_second_colleague_is_told():
    challenge, [proposal], team = closed()
    competing = staff()
    draft_of_member(challenge=challenge, submitted=True)
    own = member_of(proposal.lead)
    for person in (competing_member(challenge, competing), own, UserFactory()):
        with pytest.raises(NotAllowed):
            checked(proposal, person, True, True)
    checked(proposal, team, True, True)
    with pytest.raises(Conflict):
        checked(proposal, staff(), True, False)
    assert checked(proposal, staff(), True, False, revision=1).revision == 2


def competing_member(challenge, person):
    """Somebody of the team whose organisation answers the challenge."""
    rival, _author = draft_of_member(challenge=challenge, submitted=True)
    member_of(rival.lead, user=person)
    return person


def test_a_refusal_is_answered_once_in_time_and_resolved_with_a_reason():
    challenge, [proposal], team = closed()
    evaluator = assigned(proposal, state="cleared").evaluator
    check = checked(proposal, team, True, False)
    answer = "Adjuntamos contratos de 2021 y 2023 en la propuesta."
    with pytest.raises(NotAllowed):
        answer_refusal(by=team, check=check, answer=answer)
    answer_refusal(by=proposal.author, check=check, answer=answer)
    with pytest.raises(WrongState):
        answer_refusal(by=proposal.author, check=check, answer=answer)
    with pytest.raises(WrongState):  # what was answered is resolved, not checked anew
        checked(proposal, team, True, True, revision=1)
    with pytest.raises(InvalidInput):
        review_refusal(by=team, check=check, is_lifted=True, reason="")
    review_refusal(by=team, check=check, is_lifted=True, reason="Los contratos lo acreditan.")
    assert list(submitted_to(viewer=team, challenge=challenge)) == [proposal]
    assert own_assignments(viewer=evaluator).exists()
    with pytest.raises(WrongState):
        review_refusal(by=team, check=check, is_lifted=False, reason=WHY)


def test_a_late_answer_to_a_refusal_is_refused(monkeypatch):
    _challenge, [proposal], team = closed()
    check = checked(proposal, team, True, False)
    pass_time(monkeypatch, days=7)
    with pytest.raises(WrongState):
        answer_refusal(by=proposal.author, check=check, answer="Lo acreditamos con contratos.")
    assert EligibilityCheck.objects.get().answer == ""


def test_a_defect_is_mended_without_a_word_of_the_proposal_changing(settings):
    _challenge, [proposal], team = closed()
    before = Proposal.objects.filter(pk=proposal.pk).values().get()
    request = asked(proposal, team)
    upload = SimpleUploadedFile("ruc.pdf", PDF)
    answer_correction(
        by=proposal.author, request=request, answer="Se adjunta la constancia.", uploads=[upload]
    )
    assert request.files.get().file.name == "ruc.pdf"
    assert Proposal.objects.filter(pk=proposal.pk).values().get() == before
    assert not proposal.attachments.exists()
    assert all(still_matches(one) for one in proposal.receipts.all())
    decide_correction(by=team, request=request, outcome="mended", reason="La constancia es válida.")
    with pytest.raises(WrongState):
        answer_correction(
            by=proposal.author, request=request, answer="Otra constancia que se adjunta."
        )


def test_the_instant_of_the_limit_is_too_late_and_leaves_no_file(monkeypatch):
    _challenge, [proposal], team = closed()
    request = asked(proposal, team, days=2)
    monkeypatch.setattr("django.utils.timezone.now", lambda: request.until)
    upload = SimpleUploadedFile("ruc.pdf", PDF)
    with pytest.raises(WrongState):
        answer_correction(
            by=proposal.author,
            request=request,
            answer="Se adjunta la constancia.",
            uploads=[upload],
        )
    assert not request.files.exists()
    decide_correction(by=team, request=request, outcome="not_mended", reason="No se presentó." * 2)
    assert checked(proposal, team, False, True).outcome == "ineligible"


def test_nobody_is_refused_or_told_not_mended_while_there_is_time():
    _challenge, [proposal], team = closed()
    request = asked(proposal, team)
    with pytest.raises(WrongState):
        checked(proposal, team, False, True)
    with pytest.raises(WrongState):
        decide_correction(by=team, request=request, outcome="not_mended", reason=WHY)
    with pytest.raises(Conflict):
        asked(proposal, team)


@pytest.mark.parametrize("days", [0.5, 40])
def test_a_window_is_neither_too_short_nor_without_end(days):
    _challenge, [proposal], team = closed()
    with pytest.raises(InvalidInput) as wrong:
        asked(proposal, team, days=days)
    assert set(wrong.value.fields) == {"until"}


def test_its_people_are_reminded_once_unless_they_answered():
    _challenge, [one, other], team = closed(2)
    first, second = asked(one, team), asked(other, team)
    answer_correction(by=other.author, request=second, answer="Se adjunta la constancia.")
    done = [remind_of_correction.call(pk) for pk in (first.pk, first.pk, second.pk)]
    assert done == [True, False, False]
    reminders = Notice.objects.filter(kind="innovation.correction_reminder")
    assert {note.recipient for note in reminders} == {one.author}


def test_decisions_wait_for_defects_and_refusals_that_are_not_settled(monkeypatch):
    challenge, [bad, good], team = closed(2)
    decided(good)
    checked(bad, team, True, False)
    with pytest.raises(InvalidInput):
        release_decisions(by=team, challenge=challenge)
    pass_time(monkeypatch, days=8)
    assert release_decisions(by=team, challenge=challenge).state == "decided"


def test_who_may_see_and_who_may_not(client):
    challenge, [proposal, rival], team = closed(2)
    checked(proposal, team, True, False)
    request = asked(rival, team)
    upload = SimpleUploadedFile("ruc.pdf", PDF)
    answer_correction(
        by=rival.author, request=request, answer="Se adjunta la constancia.", uploads=[upload]
    )
    file = reverse(
        "innovation:correction_file", args=[rival.public_id, request.files.get().file.uid]
    )
    page = reverse("innovation:proposal_eligibility", args=[rival.public_id])
    evaluator = assigned(rival, state="cleared").evaluator
    for person in (proposal.author, evaluator, UserFactory(roles=["auditor"]), UserFactory()):
        client.force_login(person)
        assert {client.get(one).status_code for one in (file, page)} == {404}
        assert client.post(page, {"do": "check"}).status_code == 404
    for person in (rival.author, team):
        client.force_login(person)
        assert client.get(page).status_code == 200
        assert b"".join(client.get(file).streaming_content) == PDF
    for person, status in {evaluator: 404, rival.author: 404, team: 200}.items():
        client.force_login(person)
        listed = client.get(reverse("innovation:eligibility", args=[challenge.slug]))
        assert listed.status_code == status


@pytest.mark.parametrize("language", ["es", "en"])
def test_team_and_solver_do_it_on_their_pages(client, language):
    _challenge, [proposal], team = closed()
    address = reverse("innovation:proposal_eligibility", args=[proposal.public_id])
    client.force_login(team)
    assert client.post(address, {"do": "check", "revision": 0}).status_code == 422
    until = f"{timezone.localtime(timezone.now() + timedelta(days=3)):%Y-%m-%dT%H:%M}"
    client.post(address, {"do": "ask", "what": MISSING, "until": until})
    client.force_login(proposal.author)
    assert any(item.icon == "list-checks" for item in work_items(viewer=proposal.author))
    assert MISSING in client.get(address, {"lang": language}).content.decode()
    upload = SimpleUploadedFile("ruc.pdf", PDF)
    client.post(address, {"do": "mend", "answer": "Se adjunta la constancia.", "uploads": upload})
    client.force_login(team)
    assert "ruc.pdf" in client.get(address, {"lang": language}).content.decode()
    assert any(item.icon == "list-checks" for item in work_items(viewer=team))
    client.post(address, {"do": "mended", "outcome": "mended", "outcome_reason": WHY})
    words = {"do": "check", "revision": 0, "reason": WHY, "met_0": "yes", "reason_0": ""}
    client.post(address, {**words, "met_1": "no", "reason_1": WHY})
    client.force_login(proposal.author)
    assert WHY in client.get(address, {"lang": language}).content.decode()
    client.post(address, {"do": "answer", "answer": "Lo acreditamos con dos contratos."})
    client.force_login(team)
    client.post(address, {"do": "review", "is_lifted": "yes", "review_reason": WHY})
    proposal.refresh_from_db()
    assert proposal.ineligible_at is None
    assert CorrectionRequest.objects.get().outcome == "mended"
    client.logout()
    assert client.post(address, {"do": "answer", "answer": "Palabras largas."}).status_code == 401
