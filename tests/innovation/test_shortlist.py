import pytest
from django.urls import reverse

from minka.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry, Notice
from minka.innovation.actions.challenges import draft_challenge
from minka.innovation.actions.shortlist import choose_shortlist
from minka.innovation.queries.shortlist import candidates
from tests.factories import (
    EditionFactory,
    ProblemFactory,
    RatingCriterionFactory,
    RatingFactory,
    UserFactory,
)
from tests.innovation.people import person_of, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def criteria():
    return [
        RatingCriterionFactory(position=1, weight=75),
        RatingCriterionFactory(position=2, weight=25),
    ]


def choose(problems, *, seen=None, by=None, reason="Por impacto."):
    return choose_shortlist(
        by=by or staff(),
        edition=EditionFactory(),
        chosen=[problem.pk for problem in problems],
        reason=reason,
        seen=seen,
    )


def test_problems_are_ranked_by_weighted_mean_and_unrated_ones_come_last(criteria):
    weak, strong, unrated = ProblemFactory.create_batch(3)
    for problem, points in ((weak, (2, 5)), (strong, (5, 1))):
        for criterion, given in zip(criteria, points, strict=True):
            RatingFactory(problem=problem, criterion=criterion, points=given)
    table = candidates(viewer=staff(), edition=weak.edition)
    assert [row.problem for row in table] == [strong, weak, unrated]
    assert [row.standing.mean for row in table] == [4.0, 2.75, None]
    assert all(row.has_few_ratings for row in table)


def test_points_of_the_problems_own_company_stay_out_of_the_mean(criteria):
    problem = ProblemFactory()
    RatingFactory(problem=problem, criterion=criteria[0], points=2)
    RatingFactory(problem=problem, criterion=criteria[0], points=5, is_own_company=True)
    (row,) = candidates(viewer=staff(), edition=problem.edition)
    assert (row.standing.mean, row.standing.raters, row.own) == (2.0, 1, 1)


def test_a_choice_moves_problems_in_and_out_and_keeps_what_it_rests_on(criteria):
    first, second = ProblemFactory.create_batch(2)
    area = person_of(first.company)
    choice = choose([first])
    first.refresh_from_db()
    assert first.state == "shortlisted"
    assert choice.weights == {str(criteria[0].pk): 75, str(criteria[1].pk): 25}
    assert Notice.objects.filter(recipient=area, kind="innovation.problem_shortlisted").exists()
    choose([second], seen=choice.pk)
    states = [p.state for p in (first, second) if p.refresh_from_db() is None]
    assert states == ["accepted", "shortlisted"]
    entry = LedgerEntry.objects.filter(verb="innovation.shortlist_choose").last()
    assert f'"chosen":[{second.pk}]'.replace(" ", "") in entry.data.replace(" ", "")
    assert "weights" in entry.data and second.title not in entry.data


def test_there_are_no_more_than_the_places_of_the_edition_minus_its_challenges():
    EditionFactory(shortlist_size=2)
    problems = [ProblemFactory(), ProblemFactory()]
    ProblemFactory(state="challenged")
    with pytest.raises(InvalidInput) as caught:
        choose(problems)
    assert list(caught.value.fields) == ["chosen"]


def test_a_choice_needs_a_reason_and_the_team():
    problem = ProblemFactory()
    with pytest.raises(InvalidInput):
        choose([problem], reason=" ")
    with pytest.raises(NotAllowed):
        choose([problem], by=UserFactory())


def test_of_two_who_choose_at_once_the_second_looks_again():
    first, second = ProblemFactory.create_batch(2)
    choose([first])
    with pytest.raises(Conflict):
        choose([second])


def test_what_is_not_in_the_table_cannot_be_chosen():
    with pytest.raises(WrongState):
        choose([ProblemFactory(state="submitted")])


def test_a_problem_whose_challenge_is_in_preparation_stays():
    problem, other = ProblemFactory.create_batch(2)
    choice = choose([problem])
    draft_challenge(by=staff(), problems=[problem])
    with pytest.raises(WrongState):
        choose([other], seen=choice.pk)


def test_the_page_saves_the_choice_and_shows_it_again_when_it_is_refused(client, criteria):
    problem = ProblemFactory(title="Fajas que se cortan")
    client.force_login(staff())
    url = reverse("innovation:shortlist")
    refused = client.post(url, {"chosen": [problem.pk], "reason": ""})
    assert refused.status_code == 422 and "checked" in refused.text
    assert client.post(url, {"chosen": [problem.pk], "reason": "Impacto"}).status_code == 302
    problem.refresh_from_db()
    assert problem.state == "shortlisted"


@pytest.mark.parametrize("rows", [1, 15])
def test_the_table_costs_the_same_for_one_row_or_many(
    client, criteria, rows, django_assert_max_num_queries
):
    for problem in ProblemFactory.create_batch(rows):
        RatingFactory.create_batch(3, problem=problem, criterion=criteria[0])
    client.force_login(staff())
    with django_assert_max_num_queries(16) as captured:
        client.get(reverse("innovation:shortlist"))
    assert len(captured) == COST.setdefault("table", len(captured))


COST: dict[str, int] = {}
