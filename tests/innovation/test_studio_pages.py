import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from minka.innovation.models import Rating, ShortlistStudy
from minka.innovation.queries.shortlist import ranking
from tests.factories import EditionFactory, ProblemFactory, RatingFactory, UserFactory
from tests.innovation.people import person_of, staff
from tests.innovation.studio_table import kept, rated_problems
from tests.services.jobs import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("table")]
STUDIO = "innovation:studio"
table = pytest.fixture(rated_problems)


@pytest.fixture
def team(client):
    client.force_login(staff(language="en"))
    client.get("/?lang=en")
    return client


def test_conditions_in_the_address_are_solved_explained_and_kept(team, table):
    url = reverse(STUDIO)
    page = team.get(url, {"size": 3, "company_least": 1, "outside": table[1].pk})
    assert page.status_code == 200
    assert "at least 1 of “Minera Dos”" in page.text and "<svg" in page.text
    assert f"P{table[1].pk} is left out" in page.text
    seen, address = page.context["seen"], page.context["address"]
    answer = team.post(reverse("innovation:studio_keep"), {"address": address, "seen": seen})
    study = ShortlistStudy.objects.get()
    assert answer["Location"] == reverse("innovation:study", args=[study.pk])
    assert study.inputs["conditions"] == {
        "each": {"company": [1, None]}, "outside": [table[1].pk],
    }  # fmt: skip
    again = team.get(answer["Location"])
    assert "Choosing anew" in again.text and 'hx-trigger="every 2s"' in again.text
    assert escape(f"?{again.context['address']}") in again.text
    assert team.get(f"{url}?{again.context['address']}").context["seen"] == seen


def test_conditions_that_clash_say_which_and_what_would_be_possible(team, table):
    page = team.get(reverse(STUDIO), {"size": 3, "company_most": 1})
    assert "cannot hold together" in page.text and "Giving way on one is enough" in page.text
    assert "Keep this version" not in page.text
    wrong = team.get(reverse(STUDIO), {"size": 3, "apart_0_a": table[0].pk})
    assert wrong.status_code == 422 and "Choose two problems." in wrong.text


def test_a_budget_needs_every_cost_and_says_whose_is_missing(team, table):
    table[0].pilot_usd = None
    table[0].save()
    page = team.get(reverse(STUDIO), {"size": 3, "budget_usd": 100_000})
    assert page.status_code == 422 and f"is not known of: P{table[0].pk}" in page.text
    costs = reverse("innovation:pilot_costs")
    fields = {f"pilot_{one.pk}": 20_000 for one in table}
    assert team.post(costs, fields).status_code == 302
    assert team.get(reverse(STUDIO), {"size": 3, "budget_usd": 100_000}).status_code == 200


def test_ratings_that_change_while_one_looks_are_shown_before_anything_is_kept(team):
    page = team.get(reverse(STUDIO))
    Rating.objects.update(points=3)
    told = {"address": page.context["address"], "seen": page.context["seen"]}
    answer = team.post(reverse("innovation:studio_keep"), told)
    assert answer.status_code == 409 and not ShortlistStudy.objects.exists()


def test_another_set_is_looked_at_before_it_is_recorded_and_then_adopted(team, table):
    study = kept(each={"company": [None, 2]})
    url = reverse("innovation:study_other", args=[study.pk])
    wanted = [one.pk for one in table[:3]]
    page = team.post(url, {"chosen": wanted, "look": 1})
    assert "at most 2 of “Minera Uno”" in page.text and "points more, because" in page.text
    assert not study.overrulings.exists()
    assert team.post(url, {"chosen": wanted, "keep": 1}).status_code == 422
    assert (
        team.post(url, {"chosen": wanted, "keep": 1, "reason": "Ya hay sitio."}).status_code == 302
    )
    adopt = reverse("innovation:study_adopt", args=[study.pk])
    made = study.overrulings.get()
    assert team.post(adopt, {"taken_set": made.pk, "reason": ""}).status_code == 422
    assert team.post(adopt, {"taken_set": made.pk, "reason": "Acordado."}).status_code == 302
    assert made.choices.get().study == study
    page = team.get(reverse("innovation:study", args=[study.pk]))
    assert "Ya hay sitio." in page.text and "Acordado." in page.text
    assert "Ratings or problems have changed" not in page.text


def test_a_version_is_recomputed_from_its_page(team):
    study = kept()
    url = reverse("innovation:study", args=[study.pk])
    assert team.post(reverse("innovation:study_verify", args=[study.pk])).status_code == 302
    assert "Recomputing it" in team.get(url).text
    run_jobs()
    assert "the same to the bit" in team.get(url, headers={"HX-Request": "true"}).text


def test_nobody_but_the_team_meets_the_studio(table):
    study = kept()
    rival = person_of(table[5].company, role="representative")
    for person in (rival, person_of(table[0].company), UserFactory(roles=["committee", "auditor"])):
        client = Client()
        client.force_login(person)
        for name in ("studio", "pilot_costs", "criteria_compare"):
            assert client.get(reverse(f"innovation:{name}")).status_code == 403
        assert client.post(reverse("innovation:studio_keep")).status_code == 403
        for name in ("study", "study_other"):
            assert client.get(reverse(f"innovation:{name}", args=[study.pk])).status_code == 404
        for name in ("study_adopt", "study_verify", "study_retry", "pack_ask"):
            answer = client.post(reverse(f"innovation:{name}", args=[study.pk]), {"reason": "x"})
            assert answer.status_code == 404
        rated = client.get(reverse("innovation:ratings")).text
        assert "everit" not in rated and "everid" not in rated


def test_a_company_writes_the_cost_of_its_own_pilot_only(client, table):
    client.force_login(person_of(table[0].company))
    own, other = (reverse("innovation:pilot_cost", args=[one.pk]) for one in (table[0], table[5]))
    assert client.post(own, {"amount_usd": "35000"}).status_code == 302
    table[0].refresh_from_db()
    assert table[0].pilot_usd == 35_000
    assert client.get(other).status_code == 404
    assert "35,000" in client.get(reverse("innovation:problem", args=[table[0].pk])).text


def test_the_ranked_table_shows_calibrated_means_and_severity_to_the_team(team, table):
    page = team.get(reverse("innovation:shortlist")).text
    assert "Calibrated mean" in page and "How severe each rater is" in page
    assert "gives less than the others" in page


@pytest.mark.parametrize("count", [1, 9])
def test_pages_cost_the_same_for_few_or_many(team, count, django_assert_max_num_queries):
    criterion = EditionFactory().criteria.first()
    for one in ProblemFactory.create_batch(count):
        RatingFactory(problem=one, criterion=criterion)
    study = kept()
    for name, args, most in ((STUDIO, [], 20), ("innovation:study", [study.pk], 24)):
        with django_assert_max_num_queries(most) as captured:
            team.get(reverse(name, args=args))
        assert len(captured) == COST.setdefault(name, len(captured))


COST: dict[str, int] = {}


def test_an_edition_without_ratings_says_what_comes_first(team):
    Rating.objects.all().delete()
    page = team.get(reverse(STUDIO))
    assert page.status_code == 200 and "nothing to choose from yet" in page.text
    assert ranking(viewer=staff(), edition=EditionFactory()).ratings.count == 0
