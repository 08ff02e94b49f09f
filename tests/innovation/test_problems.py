from dataclasses import replace
from decimal import Decimal

import pytest
from django.urls import reverse

from minka.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry, Notice
from minka.innovation.actions.problems import (
    ProblemContent,
    content_sha256,
    save_problem,
    start_problem,
    submit_problem,
)
from minka.innovation.models import Problem
from minka.innovation.queries.problems import visible_problems
from tests.factories import EditionFactory, ProblemFactory, ThemeFactory, UserFactory
from tests.innovation.people import company, person_of, staff

pytestmark = pytest.mark.django_db

SECRET = "La molienda pierde 312 toneladas por turno"


def content(**changes):
    whole = ProblemContent(
        title="Los revestimientos duran la mitad",
        what_happens=SECRET,
        site="Unidad Norte",
        stage=ThemeFactory(),
        yearly_cost_usd=Decimal("250000.50"),
        cost_basis="Registros de 2025.",
        tried="Nada todavía.",
        success_measure="De 4 a 8 meses.",
    )
    return replace(whole, **changes)


def begun(by=None):
    EditionFactory()
    by = by or person_of(company())
    return by, start_problem(by=by, company=by.memberships.first().actor, title="Un problema")


def test_a_user_area_states_a_problem_in_the_current_edition():
    by, problem = begun()
    assert (problem.state, problem.author, problem.edition.is_current) == ("draft", by, True)


def test_a_plain_member_or_a_stranger_states_nothing_for_a_company():
    EditionFactory()
    actor = company()
    for by in (person_of(actor, role="member"), UserFactory(), staff()):
        with pytest.raises(NotAllowed):
            start_problem(by=by, company=actor, title="Un problema")


def test_without_an_edition_there_is_nowhere_to_state_it():
    by = person_of(company())
    with pytest.raises(WrongState):
        start_problem(by=by, company=by.memberships.first().actor, title="Un problema")


def test_a_draft_may_be_saved_almost_empty_and_keeps_its_themes():
    by, problem = begun()
    theme = ThemeFactory()
    saved = save_problem(
        by=by, problem=problem, revision=0, content=ProblemContent(title="Algo", themes=[theme])
    )
    assert (saved.revision, saved.what_happens, list(saved.themes.all())) == (1, "", [theme])


def test_of_two_who_edit_the_second_gets_a_conflict_and_the_first_stays():
    by, problem = begun()
    other = person_of(problem.company)
    save_problem(by=by, problem=problem, revision=0, content=content())
    with pytest.raises(Conflict):
        save_problem(by=other, problem=problem, revision=0, content=content(title="Otro"))
    assert Problem.objects.get().title == "Los revestimientos duran la mitad"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"yearly_cost_usd": Decimal(-1)}, "yearly_cost_usd"),
        ({"yearly_cost_usd": Decimal("1e13")}, "yearly_cost_usd"),
    ],
)
def test_what_cannot_be_stored_is_said_beside_its_field(changes, field):
    by, problem = begun()
    with pytest.raises(InvalidInput) as caught:
        save_problem(by=by, problem=problem, revision=0, content=content(**changes))
    assert list(caught.value.fields) == [field]


def test_submitting_says_everything_that_is_missing():
    by, problem = begun()
    with pytest.raises(InvalidInput) as caught:
        submit_problem(by=by, problem=problem)
    assert set(caught.value.fields) == {
        "what_happens", "site", "stage", "yearly_cost_usd", "cost_basis", "tried", "success_measure",
    }  # fmt: skip


def test_submitting_happens_once_and_closes_the_text():
    by, problem = begun()
    save_problem(by=by, problem=problem, revision=0, content=content())
    submit_problem(by=by, problem=problem)
    assert (problem.state, problem.submitted_at is None) == ("submitted", False)
    with pytest.raises(WrongState):
        submit_problem(by=by, problem=problem)
    with pytest.raises(WrongState):
        save_problem(by=by, problem=problem, revision=1, content=content(title="Otro"))


def test_the_team_is_told_and_the_ledger_proves_the_text_without_repeating_it():
    team, (by, problem) = staff(), begun()
    save_problem(by=by, problem=problem, revision=0, content=content())
    submit_problem(by=by, problem=problem)
    assert Notice.objects.get(recipient=team).url == reverse(
        "innovation:problem", args=[problem.pk]
    )
    entry = LedgerEntry.objects.get(verb="innovation.problem_submitted")
    assert content_sha256(problem) in entry.data
    everything = " ".join(LedgerEntry.objects.values_list("data", flat=True))
    assert not any(part in everything for part in (SECRET, "Unidad Norte", "revestimientos"))


def test_staff_see_all_but_the_drafts_of_companies():
    draft, accepted = ProblemFactory(state="draft"), ProblemFactory()
    assert list(visible_problems(viewer=staff())) == [accepted]
    assert set(visible_problems(viewer=person_of(draft.company))) == {draft}


def test_autosave_keeps_half_a_problem_and_refuses_an_old_revision(client):
    by, problem = begun()
    client.force_login(by)
    url = reverse("innovation:problem_autosave", args=[problem.pk])
    first = client.post(url, {"title": "Mejor título", "revision": 0})
    assert (first.status_code, first.json()["revision"]) == (200, 1)
    old = client.post(url, {"title": "Pisado", "revision": 0})
    assert (old.status_code, old.json()["url"]) == (
        409,
        reverse("innovation:problem", args=[problem.pk]),
    )
    bad = client.post(url, {"title": "Mejor", "yearly_cost_usd": "mucho", "revision": 1})
    assert (bad.status_code, list(bad.json()["fields"])) == (422, ["yearly_cost_usd"])
    problem.refresh_from_db()
    assert problem.title == "Mejor título"


def test_a_conflict_shows_what_was_typed_again(client):
    by, problem = begun()
    save_problem(by=by, problem=problem, revision=0, content=content())
    client.force_login(by)
    typed = {"title": "Mi título", "what_happens": "Lo mío", "revision": 0}
    page = client.post(reverse("innovation:problem_edit", args=[problem.pk]), typed)
    assert page.status_code == 409
    assert "Mi título" in page.text and "Lo mío" in page.text
    assert 'name="revision" value="1"' in page.text
    assert 'data-based-on="0"' in page.text  # nothing is saved by itself before it is settled


def test_the_whole_way_of_a_company_without_javascript(client):
    EditionFactory()
    actor = company()
    by, stage = person_of(actor), ThemeFactory()
    client.force_login(by)
    page = client.post(reverse("innovation:problem_new"), {"title": "Polvo", "company": actor.pk})
    problem = Problem.objects.get()
    assert page.url == reverse("innovation:problem_step", args=[problem.pk, 1])
    form = {
        "revision": 0, "title": "Polvo", "what_happens": "Hay polvo", "site": "Rajo", "stage": stage.pk,
        "yearly_cost_usd": "1200.50", "cost_basis": "Despacho", "tried": "Riego", "success_measure": "PM10",
    }  # fmt: skip
    whole = reverse("innovation:problem_edit", args=[problem.pk])
    assert client.post(whole, form).status_code == 302
    client.post(reverse("innovation:problem_submit", args=[problem.pk]))
    problem.refresh_from_db()
    assert (problem.state, problem.yearly_cost_usd) == ("submitted", Decimal("1200.50"))


def test_search_ignores_accents_and_case(client):
    actor = company()
    ProblemFactory(company=actor, title="Vibración en la chancadora")
    ProblemFactory(company=actor, title="Polvo en rampas")
    client.force_login(person_of(actor))
    page = client.get(reverse("innovation:problems"), {"q": "VIBRACION"})
    assert "chancadora" in page.text and "Polvo en rampas" not in page.text


@pytest.mark.parametrize("rows", [1, 25])
def test_the_list_costs_the_same_for_one_row_or_many(client, rows, django_assert_max_num_queries):
    edition = EditionFactory()
    for _row in range(rows):
        ProblemFactory(edition=edition, stage=ThemeFactory()).themes.add(ThemeFactory())
    client.force_login(staff())
    with django_assert_max_num_queries(21) as captured:
        client.get(reverse("innovation:problems"))
    assert len(captured) == COST.setdefault("list", len(captured))


COST: dict[str, int] = {}


def test_the_same_words_sent_twice_at_once_are_no_conflict():
    by, problem = begun()
    theme = ThemeFactory()
    same = content(themes=[theme])
    for _time in range(2):
        saved = save_problem(by=by, problem=problem, revision=0, content=same)
        assert (saved.revision, list(saved.themes.all())) == (1, [theme])
    with pytest.raises(Conflict):
        save_problem(by=by, problem=problem, revision=0, content=replace(same, themes=[]))
