"""The programme: a funnel counted by hand, what the public is not told, and open data (OCDS)."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from minka.innovation.actions.agreement_beginnings import (
    Parties,
    SignedElsewhere,
    register_agreement,
)
from minka.innovation.actions.agreement_results import (
    YearStatement,
    close_agreement,
    confirm_year,
    state_year,
)
from minka.innovation.models import Challenge
from minka.innovation.queries.programme import programme_report
from minka.innovation.queries.programme_groups import groupings
from minka.innovation.sources.programme.content import programme_pdf
from minka.innovation.sources.programme.open_contracting import release_package
from minka.methods.audit import wilson
from tests.factories import ProblemFactory
from tests.innovation.agreement_stories import begun, cast, days, facts, in_force, upload
from tests.innovation.test_agreements_pages import show
from tests.innovation.test_plan import WORDS, proven

pytestmark = pytest.mark.django_db
ANYBODY = AnonymousUser()
TAGS = {"planning", "tender", "award", "contract", "implementation"}


def pilot_and_contract(people):
    """A pilot from TRL 4 to 7 that ended in a contract with confirmed figures."""
    pilot = in_force(people)
    for moment, level in (("before", 4), ("after", 7)):
        proven(people, pilot, moment, level)
    close_agreement(by=people.rep, agreement=pilot, outcome="contract", reason=WORDS)
    contract = register_agreement(
        by=people.team,
        facts=facts(kind="purchase", value_usd=Decimal(200_000)),
        parties=Parties([people.company], [people.solver]),
        signed=SignedElsewhere(days(0), upload(), decision=people.decision, follows=pilot),
    )
    figures = state_year(
        by=people.boss,
        agreement=contract,
        actor=people.solver,
        said=YearStatement(
            year=timezone.localdate().year,
            sales_usd=Decimal(150_000),
            exports_usd=Decimal(50_000),
            export_countries="CL",
            jobs=5,
            source="Ventas",
        ),
    )
    confirm_year(by=people.team, figures=figures)
    return pilot, contract


def counted(viewer, edition=None):
    report = programme_report(viewer=viewer, edition=edition)
    return {one.key: one.count for one in report.stages}, report


def test_the_funnel_is_the_one_that_is_counted_by_hand():
    people, other = cast(), cast()  # two challenges of one problem and two proposals each
    ProblemFactory(state="accepted")
    pilot_and_contract(people)
    begun(other)  # a draft is no agreement
    Challenge.objects.filter(pk=people.decision.proposal.challenge_id).update(
        released_at=timezone.now() - timedelta(days=10)
    )
    counts, report = counted(people.team)
    assert counts == {
        "problems": 3,
        "challenges": 2,
        "proposals": 4,
        "selected": 2,
        "agreements": 2,
        "pilots": 1,
        "contracts": 1,
    }
    shares = {one.key: one.share for one in report.stages}
    assert shares["problems"] == wilson(2, 3)
    assert shares["challenges"] == wilson(2, 2)
    assert shares["proposals"] == wilson(2, 4)
    assert shares["selected"] == wilson(1, 2)
    assert shares["agreements"] == wilson(1, 1)
    assert shares["pilots"] == wilson(1, 1)
    days_of = {one.key: one.days for one in report.stages}
    assert days_of["selected"] == pytest.approx(10, abs=0.6)  # the contract is of noon
    totals = report.totals
    assert (totals.value_usd, totals.sales_usd, totals.exports_usd) == (280_000, 150_000, 50_000)
    assert (totals.jobs, totals.countries, totals.trl_gain) == (5, ["CL"], 3)


def test_groups_sum_to_the_funnel():
    people = cast()
    pilot_and_contract(people)
    report = programme_report(viewer=people.team)
    for group in groupings(viewer=people.team, facts=report.facts):
        if group.key == "theme":
            continue
        assert sum(one.agreements for one in group.rows) == 2, group.key
        assert sum(one.contracts for one in group.rows) == 1, group.key
        assert sum(one.proposals for one in group.rows) == 2, group.key


def test_the_public_is_not_told_what_few_agreements_would_give_away():
    people = cast()
    pilot_and_contract(people)
    for viewer in (ANYBODY, people.rival, people.rival_rep, people.evaluator, people.committee):
        counts, report = counted(viewer)
        assert (counts["agreements"], counts["pilots"], counts["contracts"]) == (None,) * 3
        assert counts["selected"] == 1  # public by rule
        assert report.totals.value_usd is None is report.totals.sales_usd
        assert report.totals.trl_gain is None
        for group in groupings(viewer=viewer, facts=report.facts):
            assert not any(one.agreements for one in group.rows), group.key
            assert not any(one.value_usd for one in group.rows), group.key
        named = [one.label for one in groupings(viewer=viewer, facts=report.facts)[1].rows]
        assert people.company.name not in named  # the challenge is anonymous


def test_figures_of_expande_are_set_beside_as_theirs():
    report = programme_report(viewer=ANYBODY)
    assert [one.theirs for one in report.published] == ["100", "575", "387", "17", "7"]


def test_open_data_have_the_shape_of_ocds_one_one():
    people = cast(names_company=True)
    pilot, contract = pilot_and_contract(people)
    anonymous = cast()
    hidden = in_force(anonymous)
    for one in (pilot, contract):
        show(people.rep, one)
        show(people.boss, one)
    package = json.loads(json.dumps(release_package(language="es")))
    assert {"uri", "version", "publishedDate", "publisher", "releases"} <= package.keys()
    assert (package["version"], bool(package["publisher"]["name"])) == ("1.1", True)
    assert len({one["ocid"] for one in package["releases"]}) == len(package["releases"]) == 2
    for release in package["releases"]:
        assert {"ocid", "id", "date", "tag", "initiationType"} <= release.keys()
        assert release["initiationType"] == "tender"
        assert set(release["tag"]) <= TAGS
        assert "#" not in release["id"]
        assert release["tender"]["status"] in {"planned", "active", "complete"}
        known = {one["id"] for one in release["parties"]}
        awards = {one["id"] for one in release.get("awards", [])}
        assert all(s["id"] in known for a in release.get("awards", []) for s in a["suppliers"])
        for one in release.get("contracts", []):
            assert one["awardID"] in awards
            assert one["status"] in {"pending", "active", "cancelled", "terminated"}
    named = next(one for one in package["releases"] if one.get("contracts"))
    assert {one["id"] for one in named["contracts"]} == {
        str(pilot.public_id),
        str(contract.public_id),
    }
    assert named["buyer"]["name"] == people.company.name
    text = json.dumps(package, ensure_ascii=False)
    assert str(hidden.public_id) not in text
    assert anonymous.company.public_id not in text
    assert "value" not in text


def test_an_agreement_of_an_anonymous_challenge_is_a_process_of_its_own():
    people = cast()
    agreement = in_force(people)
    show(people.rep, agreement)
    show(people.boss, agreement)
    of_challenge, alone = release_package(language="en")["releases"]
    assert "buyer" not in of_challenge
    assert people.company.public_id not in json.dumps(of_challenge)
    assert alone["buyer"]["id"] == people.company.public_id
    assert people.decision.proposal.challenge.slug not in json.dumps(alone)


def test_the_pages_of_the_programme_are_for_everybody_and_cost_the_same(
    client, django_assert_max_num_queries
):
    people = cast()
    pilot_and_contract(people)
    for name in ("programme", "open_contracting", "ocds"):
        with django_assert_max_num_queries(30):
            assert client.get(reverse(f"innovation:{name}")).status_code == 200
    one = len(_queries(people.team))
    pilot_and_contract(cast())
    assert len(_queries(people.team)) == one


def _queries(viewer):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as caught:
        report = programme_report(viewer=viewer)
        groupings(viewer=viewer, facts=report.facts)
    return caught.captured_queries


def test_the_report_is_printed_in_both_languages(client):
    people = cast()
    pilot_and_contract(people)
    report = programme_report(viewer=people.team)
    pdf = programme_pdf(report, groupings(viewer=people.team, facts=report.facts))
    assert pdf.startswith(b"%PDF")
    answer = client.get(reverse("innovation:programme_pdf"))
    assert answer["Content-Type"] == "application/pdf"


def test_what_is_one_is_told_in_the_singular(client):
    people = cast()
    pilot_and_contract(people)
    client.force_login(people.team)
    page = client.get(reverse("innovation:programme")).content.decode()
    assert "1 caso)" in page
    assert "1 casos" not in page
    path = reverse("innovation:supplier_path", args=[people.solver.public_id])
    supplier = client.get(path).content.decode()
    for words in ("desafío respondido", "piloto hecho", "contrato firmado"):
        assert words in supplier
