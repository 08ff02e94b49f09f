import pytest
from django.urls import reverse

from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.innovation.actions.criteria import CriterionRow
from minka.innovation.actions.editions import save_rating_criteria
from minka.innovation.actions.ratings import rate_problem
from minka.innovation.models import Rating
from minka.innovation.queries.ratings import rating_cards, rating_progress
from tests.factories import EditionFactory, ProblemFactory, RatingCriterionFactory, UserFactory
from tests.innovation.people import company, person_of, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def criteria():
    return [RatingCriterionFactory(position=n, weight=50) for n in (1, 2)]


@pytest.fixture
def representative():
    return person_of(company("Minera Cerro Illari S.A."), role="representative")


def test_points_are_kept_once_per_rater_and_criterion_and_may_change(criteria, representative):
    problem = ProblemFactory()
    for points in (2, 5):
        rate_problem(by=representative, problem=problem, criterion=criteria[0], points=points)
    assert Rating.objects.get().points == 5


def test_only_representatives_and_the_team_rate(criteria):
    problem = ProblemFactory()
    for by in (UserFactory(), person_of(problem.company), person_of(company("X"), role="member")):
        with pytest.raises(NotAllowed):
            rate_problem(by=by, problem=problem, criterion=criteria[0], points=3)


def test_who_rates_for_another_company_reads_only_what_solvers_or_everybody_may(representative):
    problem = ProblemFactory(
        title="Relaves que filtran",
        what_happens="El dique norte filtra",
        yearly_cost_usd=987654,
        tiers={"title": "team", "what_happens": "team", "cost": "team", "stage": "public"},
    )
    ProblemFactory(
        edition=problem.edition,
        title="Polvo en la faja",
        yearly_cost_usd=4321,
        tiers={"cost": "solvers"},
    )
    closed, shown = rating_cards(viewer=representative, edition=problem.edition)
    assert "Relaves" not in closed.title and not closed.summary and closed.is_partly_hidden
    assert closed.yearly_cost_usd is None and closed.stage == problem.stage
    assert (shown.title, shown.yearly_cost_usd) == ("Polvo en la faja", 4321)
    for inside in (staff(), person_of(problem.company, role="representative")):
        card = rating_cards(viewer=inside, edition=problem.edition)[0]
        assert (card.title, card.yearly_cost_usd) == ("Relaves que filtran", 987654)
        assert card.summary == "El dique norte filtra" and not card.is_partly_hidden


def test_a_hidden_part_is_on_no_page_of_rating(client, criteria, representative):
    problem = ProblemFactory(
        title="Relaves que filtran",
        what_happens="El dique norte filtra",
        yearly_cost_usd=987654,
        tiers={"title": "team", "what_happens": "team"},
    )
    client.force_login(representative)
    for url in (reverse("innovation:ratings"), reverse("innovation:rating", args=[problem.pk])):
        page = client.get(url).text
        assert "Relaves" not in page and "dique" not in page and "987" not in page


@pytest.mark.parametrize("points", [0, 6, -1])
def test_points_go_from_one_to_five(criteria, representative, points):
    with pytest.raises(InvalidInput):
        rate_problem(
            by=representative, problem=ProblemFactory(), criterion=criteria[0], points=points
        )


@pytest.mark.parametrize("state", ["submitted", "shortlisted", "challenged", "declined"])
def test_nothing_is_rated_before_triage_or_after_the_choice(criteria, representative, state):
    extra = {"triage_reason": "No"} if state == "declined" else {}
    problem = ProblemFactory(state=state, **extra)
    with pytest.raises(WrongState):
        rate_problem(by=representative, problem=problem, criterion=criteria[0], points=3)


def test_a_rating_of_ones_own_company_is_marked(criteria, representative):
    own = ProblemFactory(company=representative.memberships.first().actor)
    rating = rate_problem(by=representative, problem=own, criterion=criteria[0], points=5)
    assert rating.is_own_company
    other = rate_problem(
        by=representative, problem=ProblemFactory(), criterion=criteria[0], points=5
    )
    assert not other.is_own_company


def test_progress_counts_problems_rated_by_every_criterion(criteria, representative):
    first, _second = ProblemFactory.create_batch(2)
    rate_problem(by=representative, problem=first, criterion=criteria[0], points=3)
    edition = first.edition
    assert rating_progress(viewer=representative, edition=edition) == (0, 2)
    rate_problem(by=representative, problem=first, criterion=criteria[1], points=3)
    assert rating_progress(viewer=representative, edition=edition) == (1, 2)


def test_a_scale_saves_with_and_without_htmx(client, criteria, representative):
    problem = ProblemFactory()
    client.force_login(representative)
    url = reverse("innovation:rating_save", args=[problem.pk, criteria[0].pk])
    plain = client.post(url, {"points": "4"})
    assert plain.url == reverse("innovation:rating", args=[problem.pk])
    fragment = client.post(url, {"points": "5", "comment": "Urge"}, headers={"HX-Request": "true"})
    assert f'id="saved-{criteria[0].pk}"' in fragment.text
    assert 'id="rating-progress"' in fragment.text and "<html" not in fragment.text
    assert (Rating.objects.get().points, Rating.objects.get().comment) == (5, "Urge")
    empty = client.post(url, {}, headers={"HX-Request": "true"})
    assert empty.status_code == 422


@pytest.mark.parametrize("rows", [1, 12])
def test_the_list_costs_the_same_for_one_problem_or_many(
    client, criteria, representative, rows, django_assert_max_num_queries
):
    ProblemFactory.create_batch(rows, edition=EditionFactory())
    client.force_login(representative)
    with django_assert_max_num_queries(16) as captured:
        client.get(reverse("innovation:ratings"))
    assert len(captured) == COST.setdefault("list", len(captured))


COST: dict[str, int] = {}


def row(name, weight, pk=None):
    return CriterionRow(name_es=name, name_en=name, weight=weight, pk=pk)


def test_weights_of_the_criteria_sum_to_one_hundred():
    edition = EditionFactory()
    for rows in ([row("Impacto", 100)], [row("Impacto", 60), row("Urgencia", 30)]):
        with pytest.raises(InvalidInput):
            save_rating_criteria(by=staff(), edition=edition, rows=rows)
    save_rating_criteria(
        by=staff(), edition=edition, rows=[row("Impacto", 60), row("Urgencia", 40)]
    )
    first, second = edition.criteria.all()
    swapped = [row("Urgencia", 70, second.pk), row("Impacto", 30, first.pk)]
    save_rating_criteria(by=staff(), edition=edition, rows=swapped)
    assert [(c.pk, c.weight) for c in edition.criteria.all()] == [(second.pk, 70), (first.pk, 30)]


def test_a_criterion_that_was_used_cannot_be_taken_away(criteria, representative):
    rate_problem(by=representative, problem=ProblemFactory(), criterion=criteria[0], points=3)
    rows = [row("Otro", 50), row("Segundo", 50, criteria[1].pk)]
    with pytest.raises(InvalidInput):
        save_rating_criteria(by=staff(), edition=criteria[0].edition, rows=rows)


def test_only_the_team_sets_the_criteria(client, representative):
    edition = EditionFactory()
    with pytest.raises(NotAllowed):
        save_rating_criteria(by=representative, edition=edition, rows=[row("A", 50), row("B", 50)])
    client.force_login(representative)
    assert client.get(reverse("innovation:rating_criteria")).status_code == 403


def test_the_page_of_criteria_saves_what_is_filled_in_and_drops_what_is_empty(client):
    edition = EditionFactory()
    client.force_login(staff())
    data = {"criteria-TOTAL_FORMS": 4, "criteria-INITIAL_FORMS": 0}
    for place, (name, weight) in enumerate(
        [("Impacto", "60"), ("Urgencia", "40"), ("", ""), ("", "")]
    ):
        data |= {
            f"criteria-{place}-name_es": name,
            f"criteria-{place}-name_en": name,
            f"criteria-{place}-weight": weight,
        }
    assert client.post(reverse("innovation:rating_criteria"), data).status_code == 302
    assert list(edition.criteria.values_list("name_es", "weight")) == [
        ("Impacto", 60),
        ("Urgencia", 40),
    ]
    data["criteria-1-weight"] = "30"
    again = client.post(reverse("innovation:rating_criteria"), data)
    assert again.status_code == 422 and "90" in again.text
