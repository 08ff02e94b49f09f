"""Comments, the question of triage in the thread, and versions with their differences."""

import pytest
from django.urls import reverse

from minka.core.errors import InvalidInput, NotAllowed
from minka.core.models import LedgerEntry, Notice
from minka.innovation.actions.problem_content import content_of
from minka.innovation.actions.problem_thread import comment_problem
from minka.innovation.actions.problems import save_problem, submit_problem
from minka.innovation.actions.triage import ask_information
from minka.innovation.queries.problem_thread import thread_of
from minka.innovation.queries.problem_versions import version_difference, versions_of
from tests.factories import UserFactory
from tests.innovation.intake_stories import full_problem, submitted_problem
from tests.innovation.people import company, person_of, staff

pytestmark = pytest.mark.django_db


def changed(problem, by, **changes):
    content = content_of(problem)
    values = {name: getattr(content, name) for name in type(content).__dataclass_fields__}
    return save_problem(
        by=by, problem=problem, revision=problem.revision,
        content=type(content)(**{**values, **changes}),
    )  # fmt: skip


def second_version(**changes):
    """A problem that was asked about and submitted again with changes."""
    problem, by = submitted_problem()
    ask_information(by=staff(), problem=problem, question="¿Cuántas paradas?")
    changed(problem, by, **changes)
    submit_problem(by=by, problem=problem, answer="Doce.")
    return problem, by


def test_a_comment_of_the_team_reaches_the_company_and_nobody_else():
    problem, by = submitted_problem()
    team, other, rival = staff(), staff(), person_of(company("Otra S.A."))
    Notice.objects.all().delete()
    comment_problem(by=team, problem=problem, text="¿Y de noche?")
    assert set(Notice.objects.values_list("recipient", flat=True)) == {by.pk}
    comment_problem(by=by, problem=problem, text="También.")
    told = set(Notice.objects.filter(body__contains="También").values_list("recipient", flat=True))
    assert told == {team.pk, other.pk}
    assert not Notice.objects.filter(recipient=rival).exists()


def test_there_is_no_conversation_about_a_draft_nor_for_strangers():
    draft = full_problem(state="draft")
    problem, by = submitted_problem()
    cases = [(person_of(draft.company), draft), (staff(), draft), (UserFactory(), problem),
             (person_of(company("Otra S.A.")), problem),
             (UserFactory(roles=["committee"]), problem)]  # fmt: skip
    for person, about in cases:
        with pytest.raises(NotAllowed):
            comment_problem(by=person, problem=about, text="Hola")
        assert thread_of(viewer=person, problem=about) == []
    with pytest.raises(InvalidInput):
        comment_problem(by=by, problem=problem, text="  ")


def test_the_ledger_knows_that_somebody_commented_and_not_what():
    problem, by = submitted_problem()
    comment_problem(by=by, problem=problem, text="Secretox de planta")
    entry = LedgerEntry.objects.get(verb="innovation.problem_comment")
    assert "Secretox" not in entry.data


def test_a_question_is_answered_in_the_thread_and_goes_back_with_it(client):
    problem, by = submitted_problem()
    ask_information(by=staff(), problem=problem, question="¿Cuántas paradas?")
    client.force_login(by)
    page = client.get(reverse("innovation:problem", args=[problem.pk]))
    assert "¿Cuántas paradas?" in page.text and 'value="answer"' in page.text
    url = reverse("innovation:problem_comment", args=[problem.pk])
    client.post(url, {"text": "Doce al mes.", "do": "answer"})
    problem.refresh_from_db()
    assert problem.state == "submitted"
    texts = [said.text for said in thread_of(viewer=by, problem=problem)]
    assert texts == ["¿Cuántas paradas?", "Doce al mes."]


def test_an_answer_that_lacks_something_needed_keeps_what_was_typed(client):
    problem, by = submitted_problem()
    ask_information(by=staff(), problem=problem, question="¿Cuántas?")
    changed(problem, by, tried="")
    client.force_login(by)
    url = reverse("innovation:problem_comment", args=[problem.pk])
    page = client.post(url, {"text": "Doce al mes.", "do": "answer"})
    assert page.status_code == 422 and "Doce al mes." in page.text


def test_every_submission_is_a_version_and_the_words_that_changed_are_shown(client):
    problem, by = second_version(tried="Polimerox con algún resultado")
    assert [one.number for one in versions_of(viewer=by, problem=problem)] == [2, 1]
    changes = version_difference(viewer=by, problem=problem, before=1, after=2)
    assert [[(p.text, str(p.change)) for p in one.pieces] for one in changes] == [
        [("Polimerox ", "same"), ("sin", "removed"), ("con algún", "added"),
         (" resultado", "same")]
    ]  # fmt: skip
    client.force_login(staff())
    page = client.get(reverse("innovation:problem_versions", args=[problem.pk]))
    assert "<ins>con algún</ins>" in page.text and "<del>sin</del>" in page.text


def test_a_difference_shows_nobody_a_part_that_is_or_was_not_theirs(client):
    problem, by = second_version(sponsor="Jefatura Nuevax", tiers={"sponsor": "company"})
    team = staff()
    assert version_difference(viewer=team, problem=problem, before=1, after=2) == []
    # opened later: what was closed when it was submitted stays closed
    type(problem).objects.filter(pk=problem.pk).update(tiers={})
    problem.refresh_from_db()
    assert version_difference(viewer=team, problem=problem, before=1, after=2) == []
    assert len(version_difference(viewer=by, problem=problem, before=1, after=2)) == 1
    client.force_login(team)
    page = client.get(reverse("innovation:problem_versions", args=[problem.pk]))
    assert page.status_code == 200 and "Nuevax" not in page.text and "Sponsox" not in page.text


def test_versions_are_a_secret_to_everybody_else(client):
    problem, _by = second_version(tried="Otro polimerox")
    for person in (person_of(company("Otra S.A.")), UserFactory(), UserFactory(roles=["auditor"])):
        assert versions_of(viewer=person, problem=problem) == []
        assert version_difference(viewer=person, problem=problem, before=1, after=2) is None
        client.force_login(person)
        for name in ("problem_versions", "problem_comment", "problem_readers"):
            url = reverse(f"innovation:{name}", args=[problem.pk])
            assert client.get(url).status_code in {404, 405}
            assert client.post(url, {"text": "x"}).status_code in {404, 405}
