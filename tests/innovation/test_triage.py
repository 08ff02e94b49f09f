import pytest
from django.urls import reverse

from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.core.models import Notice
from minka.innovation.actions.problems import submit_problem
from minka.innovation.actions.triage import accept_problem, ask_information, decline_problem
from minka.innovation.queries.work_problems import work_items
from tests.factories import ProblemFactory, ThemeFactory
from tests.innovation.people import person_of, staff

pytestmark = pytest.mark.django_db


def submitted(**fields):
    whole = {"site": "Rajo", "stage": ThemeFactory(), "tried": "Nada", "success_measure": "PM10"}
    return ProblemFactory(state="submitted", **whole, **fields)


def test_a_question_goes_to_the_company_and_its_answer_comes_back():
    problem, team = submitted(), staff()
    area = person_of(problem.company)
    ask_information(by=team, problem=problem, question="¿Desde cuándo?")
    told = Notice.objects.get(recipient=area)
    assert "¿Desde cuándo?" in told.body
    assert [item.title for item in work_items(viewer=area)] == [problem.title]
    submit_problem(by=area, problem=problem, answer="Desde 2023.")
    assert [move.words for move in problem.moves.all()] == ["¿Desde cuándo?", "Desde 2023."]
    assert Notice.objects.filter(recipient=team).count() == 1
    ask_information(by=team, problem=problem, question="¿Y en qué turno?")
    assert Notice.objects.filter(recipient=area).count() == 2


@pytest.mark.parametrize(
    ("action", "words"), [(ask_information, "question"), (decline_problem, "reason")]
)
def test_asking_and_declining_need_a_reason(action, words):
    with pytest.raises(InvalidInput) as caught:
        action(by=staff(), problem=submitted(), **{words: "  "})
    assert list(caught.value.fields) == ["reason"]


def test_accepting_happens_once():
    problem, team = submitted(), staff()
    accept_problem(by=team, problem=problem)
    assert problem.state == "accepted"
    with pytest.raises(WrongState):
        accept_problem(by=team, problem=problem)


def test_leaving_the_shortlist_is_not_the_business_of_triage():
    with pytest.raises(WrongState):
        accept_problem(by=staff(), problem=ProblemFactory(state="shortlisted"))


def test_nobody_triages_their_own_problem_nor_a_company_its_own():
    author = staff()
    problem = submitted(author=author)
    for by in (author, person_of(problem.company)):
        with pytest.raises(NotAllowed):
            accept_problem(by=by, problem=problem)


def test_the_answer_without_a_reason_is_said_beside_the_field(client):
    problem = submitted()
    client.force_login(staff())
    page = client.post(reverse("innovation:triage", args=[problem.pk]), {"answer": "decline"})
    problem.refresh_from_db()
    assert (page.status_code, problem.state) == (422, "submitted")
    assert 'id="id_reason_error"' in page.text


def test_staff_answer_on_the_page_of_the_problem(client):
    problem = submitted()
    client.force_login(staff())
    client.post(
        reverse("innovation:triage", args=[problem.pk]), {"answer": "ask", "reason": "¿Cuánto?"}
    )
    problem.refresh_from_db()
    assert (problem.state, problem.triage_reason) == ("needs_information", "¿Cuánto?")
