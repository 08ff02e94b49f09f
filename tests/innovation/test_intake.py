"""Problems stated with a personal link: who opens it, who reads, who takes over, forged links."""

from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core import mail, signing
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry, Notice
from minka.innovation import tasks
from minka.innovation.actions.intake import (
    SEND,
    begin_by_invitation,
    hand_over,
    invite_to_intake,
    revoke_intake,
    save_by_invitation,
    take_over,
)
from minka.innovation.actions.problem_content import ProblemContent
from minka.innovation.models import IntakeInvitation, Problem
from minka.innovation.notices.intake import SALT, intake_token
from minka.innovation.queries.problems import visible_problems
from minka.innovation.tasks import send_intake_letter
from tests.factories import ActorFactory, EditionFactory, MembershipFactory, UserFactory
from tests.innovation.intake_stories import guest_problem, invited
from tests.innovation.people import company, person_of, staff

pytestmark = pytest.mark.django_db


def pages_of(token, pk):
    return [
        reverse("innovation:intake", args=[token]),
        reverse("innovation:intake_edit", args=[token, pk]),
        reverse("innovation:intake_step", args=[token, pk, 1]),
    ]


def expire(invitation):
    past = timezone.now() - timedelta(days=1)
    IntakeInvitation.objects.filter(pk=invitation.pk).update(
        invited_at=past - timedelta(days=1), expires_at=past
    )
    invitation.refresh_from_db()


def test_staff_and_the_companys_representative_invite_and_nobody_else():
    EditionFactory()
    mine = company()
    for by in (staff(), person_of(mine, role="representative")):
        invite_to_intake(by=by, company=mine, email=f"a{by.pk}@mina.example")
    rival = person_of(company("Otra S.A."), role="representative")
    for by in (rival, person_of(mine), UserFactory(), UserFactory(roles=["committee"])):
        with pytest.raises(NotAllowed):
            invite_to_intake(by=by, company=mine, email="b@mina.example")


def test_an_invitation_needs_a_mining_company_an_address_and_a_term():
    EditionFactory()
    by = staff()
    for change in ({"email": "nadie"}, {"days": 0}, {"days": 91}, {"company": ActorFactory()}):
        with pytest.raises(InvalidInput):
            invite_to_intake(by=by, **{"company": company(), "email": "a@b.example", **change})
    made, _token = invited()
    with pytest.raises(InvalidInput):
        invite_to_intake(by=by, company=made.company, email="JEFA@mina.example")


def test_the_letter_carries_the_link_and_is_sent_once():
    made, token = invited(words="Nos interesa mucho.")
    assert send_intake_letter.call(made.pk) and not send_intake_letter.call(made.pk)
    (letter,) = mail.outbox
    assert letter.to == ["jefa@mina.example"]
    assert reverse("innovation:intake", args=[token]) in letter.body
    assert "Nos interesa mucho." in letter.body
    entries = " ".join(LedgerEntry.objects.values_list("data", flat=True))
    assert "jefa@mina.example" not in entries and token not in entries


def test_a_person_without_an_account_writes_step_by_step_and_hands_over(client):
    made, token = invited()
    team, speaker = staff(), person_of(made.company, role="representative")
    begun = client.post(reverse("innovation:intake", args=[token]), {"title": "Se tapan"})
    problem = Problem.objects.get()
    assert begun.url == reverse("innovation:intake_step", args=[token, problem.pk, 1])
    saved = client.post(
        reverse("innovation:intake_autosave", args=[token, problem.pk, 1]),
        {"title": "Se tapan los aspersores", "what_happens": "De noche.", "revision": 0},
    )
    assert saved.json()["revision"] == 1
    client.post(reverse("innovation:intake_hand_over", args=[token, problem.pk]))
    problem.refresh_from_db()
    assert (problem.title, problem.author, problem.state) == (
        "Se tapan los aspersores", None, "draft",
    )  # fmt: skip
    told = Notice.objects.filter(kind="innovation.problem_handed_over")
    assert {team.pk, speaker.pk} <= set(told.values_list("recipient", flat=True))


def test_a_link_for_one_problem_takes_one():
    _problem, made, _token = guest_problem()
    with pytest.raises(WrongState):
        begin_by_invitation(invitation=made, title="Otro")
    _problem, several, _token = guest_problem(of=company("Otra S.A."), takes_several=True)
    begin_by_invitation(invitation=several, title="Otro")


def test_a_closed_link_opens_nothing_and_tells_nothing(client):
    problem, made, token = guest_problem()
    revoke_intake(by=made.invited_by, invitation=made)
    other, late, late_token = guest_problem(of=company("Otra S.A."))
    expire(late)
    for pk, closed in ((problem.pk, token), (other.pk, late_token)):
        for url in pages_of(closed, pk):
            page = client.get(url)
            assert page.status_code == 410 and "Zaraguz" not in page.text
            assert "Sillar" not in page.text and "Otra S.A." not in page.text
        save = reverse("innovation:intake_autosave", args=[closed, pk, 1])
        assert client.post(save, {"title": "x", "revision": 0}).status_code == 410
    with pytest.raises(WrongState):
        save_by_invitation(
            invitation=made, problem=problem, revision=0, content=ProblemContent(title="x")
        )
    with pytest.raises(WrongState):
        revoke_intake(by=made.invited_by, invitation=made)


def test_a_link_that_nobody_here_made_opens_nothing(client):
    problem, made, token = guest_problem()
    forged = [
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        signing.Signer(salt="minka.knowledge.survey_response", sep=".").sign_object(made.pk),
        signing.Signer(key="another key", salt=SALT, sep=".").sign_object(made.pk),
        str(made.pk),
        intake_token(invitation_id=made.pk + 1000),
    ]
    for one in forged:
        for url in pages_of(one, problem.pk):
            assert client.get(url).status_code == 404


def test_a_link_opens_its_own_problems_and_no_others(client):
    problem, _made, _token = guest_problem()
    _other, made, token = guest_problem(of=company("Otra S.A."))
    for name in ("intake_edit", "intake_autosave", "intake_hand_over"):
        url = reverse(f"innovation:{name}", args=[token, problem.pk])
        assert client.post(url, {"title": "x", "revision": 0}).status_code == 404
    assert "Quebrada Sillar" not in client.get(reverse("innovation:intake", args=[token])).text
    with pytest.raises(WrongState):
        save_by_invitation(
            invitation=made, problem=problem, revision=0, content=ProblemContent(title="x")
        )


def test_who_sees_what_a_guest_writes_before_and_after_it_is_handed_over():
    problem, made, _token = guest_problem()
    own = person_of(problem.company)
    team, rival = made.invited_by, person_of(company("Otra S.A."), role="representative")
    supplier = MembershipFactory(actor=ActorFactory(), role="representative").user
    assert visible_problems(viewer=own).exists()
    assert not visible_problems(viewer=team).exists()
    hand_over(invitation=made, problem=problem)
    assert visible_problems(viewer=team).exists()
    for person in (rival, supplier, UserFactory(), UserFactory(roles=["evaluator"])):
        assert not visible_problems(viewer=person).exists()


def test_it_belongs_to_the_invitation_until_it_is_taken_over(client):
    problem, made, token = guest_problem()
    area, speaker = person_of(problem.company), person_of(problem.company, role="representative")
    client.force_login(speaker)
    edit = reverse("innovation:problem_edit", args=[problem.pk])
    assert client.get(edit).status_code == 302
    with pytest.raises(NotAllowed):
        take_over(by=area, problem=problem)
    with pytest.raises(NotAllowed):
        take_over(by=made.invited_by, problem=problem)  # it was not handed over
    take_over(by=speaker, problem=problem)
    assert problem.author == speaker and client.get(edit).status_code == 200
    client.logout()
    assert client.get(pages_of(token, problem.pk)[1]).status_code == 404
    with pytest.raises(WrongState):
        save_by_invitation(
            invitation=made, problem=problem, revision=0, content=ProblemContent(title="x")
        )
    with pytest.raises(WrongState):
        take_over(by=speaker, problem=problem)


def test_staff_take_over_what_was_handed_over_and_do_not_triage_it():
    problem, made, _token = guest_problem()
    hand_over(invitation=made, problem=problem)
    team = made.invited_by
    take_over(by=team, problem=problem)
    assert team.has_perm("innovation.problem_change", problem)
    assert not team.has_perm("innovation.problem_triage", problem)
    assert staff().has_perm("innovation.problem_triage", problem)


def test_the_list_of_invitations_is_the_companys_and_the_teams(client):
    made, _token = invited()
    url = reverse("innovation:intake_invitations")
    for person, expected in (
        (staff(), True),
        (person_of(made.company, role="representative"), True),
        (person_of(company("Otra S.A."), role="representative"), False),
    ):
        client.force_login(person)
        page = client.get(url)
        assert page.status_code == 200 and ("jefa@mina.example" in page.text) is expected
        if not expected:
            revoke = reverse("innovation:intake_revoke", args=[made.pk])
            assert client.post(revoke).status_code == 404
    client.force_login(person_of(made.company))
    assert client.get(url).status_code == 403


def test_a_letter_that_the_mail_server_does_not_take_is_tried_again_and_then_shown(
    client, monkeypatch
):
    made, _token = invited()
    mail.outbox.clear()

    def refuse(**_kwargs):
        raise SMTPException

    monkeypatch.setattr(tasks, "send_intake_mail", refuse)
    assert not send_intake_letter.call(made.pk)
    again = DBTaskResult.objects.filter(task_path=SEND)
    assert [job.args_kwargs["args"] for job in again.order_by("enqueued_at")][1:] == [[made.pk, 2]]
    monkeypatch.undo()
    assert send_intake_letter.call(made.pk, 2) and not send_intake_letter.call(made.pk, 2)
    assert len(mail.outbox) == 1
    IntakeInvitation.objects.update(sent_at=None)
    monkeypatch.setattr(tasks, "send_intake_mail", refuse)
    assert not send_intake_letter.call(made.pk, 8) and again.count() == 2
    client.force_login(staff())
    assert (
        "Carta no enviada" in client.get(reverse("innovation:intake_invitations")).content.decode()
    )
