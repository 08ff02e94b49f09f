import json

import pytest
from django.db import connection

from minka.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry, Notice
from minka.innovation.actions.pilot_costs import set_pilot_cost
from minka.innovation.actions.studies import (
    adopt_study,
    ask_verification,
    keep_study,
    overrule_study,
    retry_draws,
)
from minka.innovation.models import Problem, Rating, ShortlistStudy
from minka.innovation.queries.shortlist import ranking, severities
from minka.innovation.queries.studies import pack_states, studies_of, study_record
from minka.innovation.queries.studio import study_inputs
from minka.innovation.sources.study_jobs import draw_study, is_same
from tests.factories import (
    ActorFactory,
    EditionFactory,
    ProblemFactory,
    RatingFactory,
    ThemeFactory,
    UserFactory,
)
from tests.innovation.people import person_of, staff
from tests.innovation.studio_table import inputs, kept, rated_problems
from tests.services.jobs import run_jobs

pytestmark = pytest.mark.django_db
STAYS = [1.0, 0.425, 0.575, 1.0, 0.0, 0.0]
table = pytest.fixture(rated_problems)


def test_a_run_is_frozen_with_all_that_it_follows_from(table):
    study = keep_study(by=staff(), edition=EditionFactory(), inputs=inputs())
    assert (study.number, study.state) == (1, "waiting")
    assert study.result["chosen"] == [one.pk for one in table[:3]]
    assert [one["title"] for one in study.inputs["unrated"]] == ["Sin calificar"]
    entry = LedgerEntry.objects.get(verb="innovation.study_keep")
    assert study.inputs_sha256 in entry.data and table[0].title not in entry.data
    assert keep_study(by=staff(), edition=EditionFactory(), inputs=inputs()).number == 2


def test_draws_are_made_in_the_background_and_told(table):
    study = keep_study(by=staff(), edition=EditionFactory(), inputs=inputs())
    assert run_jobs() >= 1
    study.refresh_from_db()
    assert (study.state, study.draws_done, study.robustness["draws"]) == ("ready", 40, 40)
    assert Notice.objects.filter(recipient=study.by, kind="innovation.study_done").exists()
    assert draw_study(study_id=study.pk) == "drawn before"


def test_recomputing_gives_the_same_to_the_bit_and_later_ratings_change_nothing(table):
    study = kept(each={"company": [1, 2]}, budget_usd=120_000.0)
    before = json.dumps([study.inputs, study.result, study.robustness], sort_keys=True)
    Rating.objects.update(points=5)
    Problem.objects.update(title="Otra cosa", pilot_usd=1)
    again = ShortlistStudy.objects.get(pk=study.pk)
    assert json.dumps([again.inputs, again.result, again.robustness], sort_keys=True) == before
    assert is_same(again)
    ask_verification(by=staff(), study=again)
    with pytest.raises(WrongState):
        ask_verification(by=staff(), study=again)
    run_jobs()
    again.refresh_from_db()
    assert again.is_same is True and again.check_asked_at is None


@pytest.mark.parametrize("part", ["inputs", "result", "robustness"])
def test_a_version_that_was_tampered_with_is_found_out(table, part):
    study = kept()
    told = getattr(study, part)
    if part == "inputs":
        told["problems"][0]["value"] = 1.0
    elif part == "result":
        told["value"] += 1
    else:
        told["same_set"] = 0.123
    study.save()
    assert not is_same(ShortlistStudy.objects.get(pk=study.pk))


def test_the_same_numbers_come_out_of_either_database(table):
    """The digits are written here, so that SQLite and PostgreSQL are held to the same ones."""
    study = kept(each={"company": [1, None]})
    assert connection.vendor in {"sqlite", "postgresql"}
    values = [one["value"] for one in study.inputs["problems"]]
    assert values == [4.6667, 3.6667, 3.6667, 2.6667, 1.6667, 1.0]
    assert study.result["value"] == 11.0001
    stays = [study.robustness["stays"][str(one.pk)] for one in table]
    assert (study.robustness["same_set"], stays) == (0.575, STAYS)


def test_what_cannot_be_met_is_not_kept(table):
    pks = [one.pk for one in table]
    with pytest.raises(InvalidInput):
        keep_study(by=staff(), edition=EditionFactory(), inputs=inputs(inside=pks, outside=pks[:1]))
    assert not ShortlistStudy.objects.exists()


def test_overruling_is_recorded_with_what_it_costs_and_breaks(table):
    study = kept(inside=[table[0].pk])
    wanted = [one.pk for one in (table[1], table[2], table[5])]
    made = overrule_study(by=staff(), study=study, chosen=wanted, reason="Ya hay sitio.")
    assert made.cost["broken"] == [f"in:{table[0].pk}"]
    assert made.cost["loss"] == pytest.approx(3.6667)
    for chosen, reason in ((wanted, " "), (study.result["chosen"], "x"), ([9999], "x"), ([], "x")):
        with pytest.raises(InvalidInput):
            overrule_study(by=staff(), study=study, chosen=chosen, reason=reason)


def test_adopting_makes_the_shortlist_with_reference_to_the_version(table):
    study = kept()
    area = person_of(table[0].company)
    choice = adopt_study(by=staff(), study=study, reason="Por valor.", seen=None)
    assert (choice.study, choice.overruling) == (study, None)
    assert set(Problem.objects.filter(state="shortlisted")) == set(table[:3])
    assert Notice.objects.filter(recipient=area, kind="innovation.problem_shortlisted").exists()
    assert study.inputs_sha256 in LedgerEntry.objects.get(verb="innovation.shortlist_choose").data
    with pytest.raises(Conflict):
        adopt_study(by=staff(), study=study, reason="Otra vez.", seen=None)
    wanted = [table[0].pk, table[3].pk, table[4].pk]
    other = overrule_study(by=staff(), study=study, chosen=wanted, reason="Piloto listo.")
    second = adopt_study(
        by=staff(), study=study, reason="Acordado.", seen=choice.pk, overruling=other
    )
    assert second.overruling == other
    assert set(Problem.objects.filter(state="shortlisted").values_list("pk", flat=True)) == set(
        wanted
    )


def test_a_set_of_another_version_or_too_many_are_not_adopted(table):
    one, other = kept(), kept(size=4)
    made = overrule_study(by=staff(), study=one, chosen=[table[5].pk], reason="x")
    with pytest.raises(WrongState):
        adopt_study(by=staff(), study=other, reason="x", seen=None, overruling=made)
    with pytest.raises(InvalidInput):
        adopt_study(by=staff(), study=other, reason="x", seen=None)


def test_only_the_team_keeps_overrules_adopts_and_reads(table):
    study = kept()
    for person in (
        person_of(table[0].company, role="representative"),
        UserFactory(roles=["committee"]),
    ):
        assert not study_record(viewer=person).exists()
        assert not studies_of(viewer=person, edition=study.edition).exists()
        assert ranking(viewer=person, edition=study.edition) is None
        found = ranking(viewer=staff(), edition=study.edition)
        assert severities(viewer=person, ranking=found) == []
        assert study_inputs(viewer=person, ranking=found, conditions={}, size=1) == {}
        for act in (
            lambda by: keep_study(by=by, edition=study.edition, inputs=study.inputs),
            lambda by: overrule_study(by=by, study=study, chosen=[table[5].pk], reason="x"),
            lambda by: adopt_study(by=by, study=study, reason="x", seen=None),
            lambda by: ask_verification(by=by, study=study),
            lambda by: retry_draws(by=by, study=study),
        ):
            with pytest.raises(NotAllowed):
                act(person)


def test_severity_is_told_and_taken_out(table):
    found = ranking(viewer=staff(), edition=EditionFactory())
    severe, *others = severities(viewer=staff(), ranking=found)
    assert severe.severity < -0.4 and severe.is_told_apart
    assert all(one.severity > 0 for one in others)


def test_suppliers_are_counted_from_the_map_with_narrower_themes(table):
    water = table[1].themes.get()
    narrower = ThemeFactory(label_es="agua de mina", label_en="mine water", broader=water)
    for theme, kind in ((water, "supplier"), (narrower, "supplier"), (water, "university")):
        ActorFactory(kind=kind).themes.add(theme)
    assert inputs()["suppliers"] == {str(water.pk): 2}
    study = kept(suppliers_per_challenge=2)
    assert [one["name"] for one in study.result["prices"]] == [f"capacity:{water.pk}:2:1"]


def test_a_problem_that_companies_joined_counts_for_all_of_them(table):
    table[0].partners.add(table[5].company)
    study = kept(each={"company": [None, 1]}, size=2)
    assert table[0].pk not in study.result["chosen"]
    assert len(study.inputs["problems"][0]["partners"]) == 1


def test_the_cost_of_a_pilot_is_written_by_the_company_and_the_team_and_nobody_else(table):
    problem, area = table[0], person_of(table[0].company)
    rival = person_of(table[5].company, role="representative")
    for by, amount in ((area, 30_000), (staff(), 45_000)):
        assert set_pilot_cost(by=by, problem=problem, amount_usd=amount).pilot_usd == amount
    with pytest.raises(NotAllowed):
        set_pilot_cost(by=rival, problem=problem, amount_usd=1)
    with pytest.raises(InvalidInput):
        set_pilot_cost(by=area, problem=problem, amount_usd=-1)
    entries = LedgerEntry.objects.filter(verb="innovation.pilot_cost")
    assert entries.count() == 2 and not any("45000" in one.data for one in entries)


def test_draws_that_failed_are_tried_again(table, monkeypatch):
    study = keep_study(by=staff(), edition=EditionFactory(), inputs=inputs())
    with monkeypatch.context() as broken:
        broken.setattr("minka.innovation.sources.study_jobs.drawn", lambda *_a, **_k: 1 / 0)
        assert draw_study(study_id=study.pk) == "failed"
    retry_draws(by=staff(), study=study)
    with pytest.raises(WrongState):
        retry_draws(by=staff(), study=study)
    assert draw_study(study_id=study.pk) == "drawn"


@pytest.mark.parametrize("count", [2, 12])
def test_inputs_cost_the_same_for_few_or_many(count, table, django_assert_num_queries):
    for one in ProblemFactory.create_batch(count):
        RatingFactory(problem=one, criterion=EditionFactory().criteria.first())
    team, edition = staff(), EditionFactory()
    with django_assert_num_queries(
        7
    ):  # problems, themes, partners, criteria, ratings, tree, suppliers
        found = ranking(viewer=team, edition=edition)
        study_inputs(viewer=team, ranking=found, conditions={}, size=2)


def test_no_pack_is_there_before_one_is_asked_for(table):
    states = pack_states(study_record(viewer=staff()).get(pk=kept().pk))
    assert [(one.language, one.ready, one.is_waiting) for one in states] == [
        ("es", None, False), ("en", None, False),
    ]  # fmt: skip
