"""What each audience reads of a problem. Every field holds a word that could leak."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from minka.core.errors import InvalidInput, NotAllowed
from minka.innovation.actions.problem_content import content_of
from minka.innovation.actions.problem_files import attach_to_problem
from minka.innovation.actions.problems import save_problem
from minka.innovation.queries.problem_parts import PARTS, STEPS
from minka.innovation.queries.problem_reading import Audience, audience_of, reading_for, reading_of
from minka.innovation.queries.problems import search_problems
from minka.innovation.states import Tier
from tests.factories import EditionFactory, UserFactory
from tests.innovation.intake_stories import SECRETS, WORDS, everything_for, full_problem
from tests.innovation.people import company, person_of, staff

pytestmark = pytest.mark.django_db


def told(reading):
    text = " ".join([reading.title, *(line.text for line in reading.lines.values())])
    return {name for name, words in WORDS.items() if words in text}


def test_every_column_that_a_company_writes_has_a_part_and_a_step():
    from minka.innovation.actions.problem_content import ProblemContent

    asked = {name for step in STEPS for name in step.fields}
    assert asked == set(ProblemContent.__dataclass_fields__) - {"tiers"}


@pytest.mark.parametrize("part", PARTS.values(), ids=lambda part: part.key)
def test_a_default_is_never_below_what_the_team_needs(part):
    assert part.tier.breadth >= part.floor.breadth


def test_the_company_reads_everything_and_each_wider_audience_less():
    problem = full_problem()
    seen = [told(reading_for(audience, problem)) for audience in Audience]
    assert seen[0] >= set(WORDS) - {"title", "title_other"}
    assert seen[0] == seen[1] > seen[2] > seen[3]
    assert not {"site", "sponsor", "cost_basis", "user_area", "objective"} & seen[2]
    assert not {"tried", "systems", "data_offered", "constraint_hse"} & seen[3]


def test_what_a_company_keeps_to_itself_the_team_does_not_read(client):
    problem = full_problem(tiers=everything_for("company"))
    kept = {"sponsor", "user_area", "systems", "sought", "not_sought", "pilot_site", "objective",
            "data_offered", "samples_offered", "baseline_unit", "constraint_hse"}  # fmt: skip
    team = staff()
    assert not told(reading_of(viewer=team, problem=problem)) & kept
    client.force_login(team)
    pages = [
        reverse("innovation:problem", args=[problem.pk]),
        reverse("innovation:problems"),
        reverse("innovation:problems_export"),
        reverse("innovation:merging"),
        reverse("portal:search") + "?q=Zaraguz",
    ]
    for page in pages:
        text = client.get(page).text
        assert not [name for name in kept if SECRETS[name] in text], page
    assert search_problems(viewer=team, words="Sponsox") == []
    assert search_problems(viewer=person_of(problem.company), words="Sponsox") == [problem]


def test_solvers_and_the_public_never_learn_whose_it_is():
    problem = full_problem(
        what_happens="En Quebrada Sillar la faja se corta.", tiers=everything_for("public")
    )
    for audience in (Audience.SOLVERS, Audience.PUBLIC):
        reading = reading_for(audience, problem)
        text = " ".join(line.text for line in reading.lines.values())
        assert reading.company == "" and reading.state == ""
        assert "Quebrada Sillar" not in text and "Sitiox" not in text and "Sponsox" not in text


def test_a_draft_is_read_by_its_company_alone():
    problem = full_problem(state="draft")
    assert audience_of(viewer=staff(), problem=problem) is None
    assert audience_of(viewer=AnonymousUser(), problem=problem) is None
    assert audience_of(viewer=person_of(company("Otra S.A.")), problem=problem) is None
    assert audience_of(viewer=person_of(problem.company), problem=problem) == Audience.COMPANY


@pytest.mark.parametrize(("key", "tier"), [("what_happens", "company"), ("cost", "company"),
                                           ("sponsor", "nobody"), ("nothing", "team")])  # fmt: skip
def test_a_company_cannot_choose_a_tier_that_makes_no_sense(key, tier):
    problem = full_problem(state="draft")
    by = person_of(problem.company)
    content = content_of(problem)
    values = {name: getattr(content, name) for name in type(content).__dataclass_fields__}
    with pytest.raises(InvalidInput) as caught:
        save_problem(
            by=by, problem=problem, revision=0,
            content=type(content)(**{**values, "tiers": {key: tier}}),
        )  # fmt: skip
    assert list(caught.value.fields) == [f"tier_{key}"]


def test_the_form_in_steps_saves_its_fields_and_leaves_the_others(client):
    EditionFactory()
    problem = full_problem(state="draft")
    client.force_login(person_of(problem.company))
    url = reverse("innovation:problem_step", args=[problem.pk, 2])
    page = client.get(url)
    assert "Sitiox" in page.text and "Quepasox" not in page.text
    typed = {"site": "Rajo norte", "user_area": "Mina", "sponsor": "Yo", "revision": 0}
    answer = client.post(url, {**typed, "tier_sponsor": "company", "do": "next"})
    assert answer.url == reverse("innovation:problem_step", args=[problem.pk, 3])
    problem.refresh_from_db()
    assert (problem.site, problem.what_happens) == ("Rajo norte", WORDS["what_happens"])
    assert problem.tiers == {"sponsor": "company"}
    client.post(url, {**typed, "revision": 1, "tier_sponsor": "team", "do": "review"})
    problem.refresh_from_db()
    assert problem.tiers == {}  # the default is not noted


def test_a_step_saves_itself_and_says_what_it_cannot_read(client):
    problem = full_problem(state="draft")
    client.force_login(person_of(problem.company))
    url = reverse("innovation:problem_autosave", args=[problem.pk, 3])
    good = client.post(url, {"baseline_value": "12.5", "yearly_cost_usd": "10", "revision": 0})
    assert (good.status_code, good.json()["revision"]) == (200, 1)
    bad = client.post(url, {"baseline_value": "mucho", "revision": 1})
    assert list(bad.json()["fields"]) == ["baseline_value"]
    assert client.get(reverse("innovation:problem_step", args=[problem.pk, 99])).status_code == 404


def test_levels_of_readiness_run_upwards(client):
    problem = full_problem(state="draft")
    client.force_login(person_of(problem.company))
    url = reverse("innovation:problem_step", args=[problem.pk, 5])
    page = client.post(url, {"trl_entry": 8, "trl_exit": 5, "revision": 0})
    assert page.status_code == 422 and 'id="id_trl_exit"' in page.text


def test_only_the_company_sees_how_others_read_it(client):
    problem = full_problem()
    url = reverse("innovation:problem_readers", args=[problem.pk])
    client.force_login(person_of(problem.company))
    assert "Sponsox" not in client.get(url, {"como": "public"}).text
    for other in (staff(), person_of(company("Otra S.A.")), UserFactory()):
        client.force_login(other)
        assert client.get(url).status_code == 404


def test_a_file_is_for_those_who_read_the_files(client, settings, tmp_path):
    from django.core.files.uploadedfile import SimpleUploadedFile

    settings.MEDIA_ROOT = tmp_path
    problem = full_problem(state="draft")
    by = person_of(problem.company)
    upload = SimpleUploadedFile("plano.pdf", b"%PDF-1.7 plano", "application/pdf")
    attached = attach_to_problem(by=by, problem=problem, upload=upload)
    with pytest.raises(NotAllowed):
        attach_to_problem(by=staff(), problem=problem, upload=upload)
    now = timezone.now()
    type(problem).objects.filter(pk=problem.pk).update(state="accepted", submitted_at=now)
    url = reverse("innovation:problem_file", args=[problem.pk, attached.file.uid])
    expected = [(by, 200), (staff(), 200), (person_of(company("Otra S.A.")), 404)]
    for person, status in expected:
        client.force_login(person)
        answer = client.get(url)
        assert answer.status_code == status
        b"".join(answer)  # which also closes the file
    type(problem).objects.filter(pk=problem.pk).update(tiers={"files": "company"})
    client.force_login(staff())
    assert client.get(url).status_code == 404


def test_staff_who_took_a_draft_over_write_only_what_they_may_read(client, settings, tmp_path):
    from django.core.files.uploadedfile import SimpleUploadedFile

    settings.MEDIA_ROOT = tmp_path
    problem = full_problem(state="draft", tiers={"sponsor": "company", "files": "company"})
    upload = SimpleUploadedFile("planox.pdf", b"%PDF-1.7 plano", "application/pdf")
    attach_to_problem(by=person_of(problem.company), problem=problem, upload=upload)
    team = staff()
    type(problem).objects.filter(pk=problem.pk).update(author=team)
    client.force_login(team)
    for number in range(1, 7):
        url = reverse("innovation:problem_step", args=[problem.pk, number])
        page = client.get(url)
        assert page.status_code == 200 and "Sponsox" not in page.text
        assert "planox" not in page.text and 'name="tier_' not in page.text
    where = reverse("innovation:problem_step", args=[problem.pk, 2])
    client.post(where, {"site": "Rajo", "sponsor": "Ajeno", "tier_site": "public", "revision": 0})
    problem.refresh_from_db()
    assert (problem.site, problem.sponsor) == ("Rajo", WORDS["sponsor"])
    assert problem.tiers == {"sponsor": "company", "files": "company"}


def test_a_sheet_holds_what_its_reader_may_read(client):
    problem = full_problem(tiers={"sponsor": "company"})
    url = reverse("innovation:problems_export")
    client.force_login(person_of(problem.company))
    own = client.get(url).content.decode("utf-8-sig")
    client.force_login(staff())
    team = client.get(url).content.decode("utf-8-sig")
    assert "Sponsox" in own and "Sponsox" not in team and "Sitiox" in team
    client.force_login(person_of(company("Otra S.A.")))
    assert "Zaraguz" not in client.get(url).content.decode("utf-8-sig")
    client.force_login(UserFactory())
    assert client.get(url).status_code == 403


def test_the_api_gives_each_what_they_may_read(client):
    problem = full_problem(tiers={"sponsor": "company"})
    one = f"/api/innovation/problems/{problem.pk}"
    client.force_login(person_of(problem.company))
    assert client.get(one).json()["fields"]["sponsor"] == WORDS["sponsor"]
    client.force_login(staff())
    (listed,) = client.get("/api/innovation/problems?q=Zaraguz").json()
    assert "sponsor" not in listed["fields"] and listed["fields"]["site"] == WORDS["site"]
    assert client.get("/api/innovation/problems?q=Sponsox").json() == []
    client.force_login(person_of(company("Otra S.A.")))
    assert client.get(one).status_code == 404
    assert client.get("/api/innovation/problems").json() == []
    client.logout()
    assert client.get(one).status_code == 401


def test_tiers_are_ordered_from_few_to_many():
    assert [tier.breadth for tier in Tier] == [0, 1, 2, 3]
