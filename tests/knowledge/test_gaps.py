import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from minka.knowledge.models import Answer, Capability, Certification
from minka.knowledge.queries.demand import needs
from minka.knowledge.queries.directory import directory
from minka.knowledge.queries.filter_address import filter_at
from minka.knowledge.queries.gaps import SOLVERS, GapQuestion, gap_matrix, needs_of_cell
from minka.methods.gaps import WHOLE, Cell
from tests.factories import (
    ActorFactory,
    ChallengeFactory,
    MembershipFactory,
    PlaceFactory,
    ProblemFactory,
    QuestionFactory,
    ResponseFactory,
    ThemeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
STRANGER = AnonymousUser()


@pytest.fixture
def water():
    return ThemeFactory(label_es="agua", label_en="water", broader=ThemeFactory())


@pytest.fixture
def tailings(water):
    return ThemeFactory(label_es="relaves espesados", broader=water)


@pytest.fixture
def south():
    return PlaceFactory(name="Moquegua")


def problem_of(place, *themes, **fields):
    made = ProblemFactory(company=ActorFactory(kind="mining_company", region=place), **fields)
    made.themes.set(themes)
    return made


def speaker_of(company, role="representative"):
    return MembershipFactory(actor=company, role=role).user


def supplier(place, *themes, **fields):
    made = ActorFactory(region=place, **fields)
    made.themes.set(themes)
    return made


def cells(viewer, **asked):
    matrix = gap_matrix(viewer=viewer, question=GapQuestion(**asked))
    return {row.theme: row for row in (*matrix.rows, *matrix.unasked)}, matrix


def test_what_nobody_offers_comes_first_and_says_who_does_elsewhere(team, water, south):
    energy = ThemeFactory(broader=water.broader)
    north = PlaceFactory(name="Piura")
    problem_of(south, water)
    for _n in range(2):
        problem_of(south, energy)
    supplier(south, energy)
    supplier(north, water)
    found, matrix = cells(team)
    assert [(gap.row, gap.column, gap.supply, gap.elsewhere) for gap in matrix.gaps] == [
        (water.pk, south.pk, 0, 1),
        (energy.pk, south.pk, 1, 0),
    ]
    at = [column.key for column in matrix.columns].index(south.pk)
    assert found[water].cells[at] == Cell(1, 0)
    assert found[water].whole == Cell(1, 1)


def test_a_narrow_theme_counts_in_its_broad_row_and_may_be_a_row_of_its_own(
    team, water, tailings, south
):
    problem_of(south, tailings)
    supplier(south, water)
    broad, _matrix = cells(team)
    assert broad[water].whole == Cell(1, 1)
    narrow, _matrix = cells(team, is_detailed=True)
    assert narrow[tailings].whole == Cell(1, 0)
    under, _matrix = cells(team, under=water.slug)
    assert list(under) == [tailings]


def test_thresholds_ask_more_of_who_offers(team, water, south):
    problem_of(south, water)
    able, other = supplier(south, water), supplier(south, water)
    Capability.objects.create(actor=able, theme=water, trl=7)
    Capability.objects.create(actor=other, theme=water, trl=3)
    Certification.objects.create(actor=other, name="ISO 14001")
    assert cells(team)[0][water].whole.supply == 2
    assert cells(team, trl=7)[0][water].whole.supply == 1
    assert cells(team, trl=9)[0][water].whole.supply == 0
    assert cells(team, certifications=("ISO 14001",))[0][water].whole.supply == 1
    assert cells(team, verified=True)[0][water].whole.supply == 0


def test_who_needs_and_who_rules_does_not_count_as_an_offer(team, water, south):
    problem_of(south, water)
    for kind in ("mining_company", "government", "fund"):
        supplier(south, water, kind=kind)
    assert cells(team)[0][water].whole == Cell(1, 0)


@pytest.mark.parametrize("asked", [{}, {"trl": 4}, {"by_stage": True}])
def test_every_cell_opens_exactly_the_list_it_counts(  # noqa: PLR0913, PLR0917 -- fixtures
    client, team, water, tailings, south, asked
):
    chain = ThemeFactory(label_es="cadena de valor minera", label_en="mining value chain")
    step = ThemeFactory(label_es="extracción", broader=chain)
    problem_of(south, tailings, stage=step)
    for kind in ("supplier", "university"):
        actor = supplier(south, water, tailings, step, kind=kind)
        Capability.objects.create(actor=actor, theme=step, trl=8)
        Capability.objects.create(actor=actor, theme=tailings, trl=5)
    matrix = gap_matrix(viewer=team, question=GapQuestion(**asked))
    seen = 0
    for row in (*matrix.rows, *matrix.unasked):
        for column, cell in zip([WHOLE, *(c.key for c in matrix.columns)],
                                [row.whole, *row.cells], strict=True):  # fmt: skip
            wanted = matrix.question.cell_filter(row.theme, column)
            assert directory(viewer=team, wanted=wanted).count() == cell.supply
            region = WHOLE if matrix.question.by_stage else column
            listed = needs_of_cell(
                viewer=team, question=matrix.question, theme=row.theme, region=region
            )
            assert sum(map(len, listed.values())) == cell.demand
            seen += bool(cell.supply)
    assert seen
    client.force_login(team)
    page = client.get(reverse("knowledge:gaps"), {"por": "cadena"} if "by_stage" in asked else {})
    assert page.status_code == 200
    addresses = re.findall(r'/directorio/\?([^"]+)"', page.content.decode())
    assert addresses
    for address in addresses:
        assert directory(viewer=team, wanted=filter_at(address.replace("&amp;", "&"))).exists()


def test_steps_of_the_chain_stand_against_types_of_actor(team, south):
    chain = ThemeFactory(label_es="cadena de valor minera")
    step = ThemeFactory(label_es="extracción", broader=chain)
    problem_of(south, stage=step)
    supplier(south, step)
    found, matrix = cells(team, by_stage=True, enough=1)
    assert [column.key for column in matrix.columns] == list(range(1, len(SOLVERS) + 1))
    assert found[step].cells[0] == Cell(1, 1)
    assert found[step].cells[1:] == [Cell(1, 0)] * (len(SOLVERS) - 1)


# What must not leak


def test_a_competitor_infers_nothing_of_problems_that_are_not_published(client, water, south):
    """Not by counts, rows, columns, order, lists, exports or what was remembered for others."""
    ours = problem_of(PlaceFactory(name="Tacna"), ThemeFactory(broader=water.broader))
    rival = speaker_of(ours.company)
    hers = {"state": "accepted", "title": "Secreto de la otra"}

    def everything():
        pages = []
        for address in ("", "?detalle=1", "?por=cadena", "?formato=csv", "?todas=1"):
            client.force_login(rival)
            pages.append(client.get(reverse("knowledge:gaps") + address).content)
        pages.append(client.get(reverse("knowledge:gap_needs", args=[water.slug])).content)
        return [re.sub(rb'csrf\w*"[^>]*|nonce-[^"\']*', b"", page) for page in pages]

    told = needs(viewer=rival)
    before = everything()
    theirs = problem_of(south, water, **hers)
    owner, staff = speaker_of(theirs.company), UserFactory(is_staff=True)
    for somebody in (owner, staff):  # what they see is not remembered for the rival
        client.force_login(somebody)
        assert b"Moquegua" in client.get(reverse("knowledge:gaps")).content
    assert needs(viewer=rival) == told
    assert [page.count(b"Moquegua") for page in everything()] == [
        page.count(b"Moquegua") for page in before
    ]
    assert not any(b"Secreto" in page for page in everything())
    assert water not in cells(rival)[0]
    assert needs(viewer=STRANGER)["problems"] == []


def test_drafts_and_what_was_turned_down_are_no_needs_even_of_ones_own(water, south):
    for state in ("draft", "declined"):
        found = problem_of(south, water, state=state, triage_reason="No aplica.")
        assert needs(viewer=speaker_of(found.company))["problems"] == []


def test_an_anonymous_challenge_tells_neither_region_nor_step(water, south, team):
    chain = ThemeFactory(label_es="cadena de valor minera")
    step = ThemeFactory(label_es="extracción", broader=chain)
    secret = problem_of(south, water, stage=step, state="challenged")
    challenge = ChallengeFactory(names_company=False)
    challenge.problems.set([secret])
    challenge.themes.set([water])
    (told,) = needs(viewer=STRANGER)["challenges"]
    assert (told.themes, told.regions) == ({water.pk}, frozenset())
    (known,) = needs(viewer=team)["challenges"]
    assert (known.themes, known.regions) == ({water.pk, step.pk}, {south.pk})
    assert needs(viewer=team)["problems"] == []  # the challenge is the same need
    shown = cells(team, public_only=True)[1].columns
    assert south.pk not in {column.key for column in shown}
    challenge.names_company = True
    challenge.save()
    (named,) = needs(viewer=STRANGER)["challenges"]
    assert named.regions == {south.pk}
    assert named.themes == {water.pk}


def test_a_challenge_in_preparation_and_a_decided_one_are_no_needs(water, team):
    for state in ("draft", "decided"):
        ChallengeFactory(state=state).themes.set([water])
    assert needs(viewer=team)["challenges"] == []


def test_declared_needs_are_for_the_team_and_for_the_organisation_itself(water, team):
    mine = ActorFactory(kind="mining_company", region=PlaceFactory())
    question = QuestionFactory(code="challenge_themes", kind="themes")
    response = ResponseFactory(
        actor=mine, questionnaire=question.questionnaire, state="finished",
        finished_at="2026-05-01T00:00Z", wave__survey=question.questionnaire.survey,
    )  # fmt: skip
    Answer.objects.create(response=response, question=question, value=[water.slug, "no-such"])
    assert [one.themes for one in needs(viewer=team)["declared"]] == [{water.pk}]
    assert len(needs(viewer=speaker_of(mine, role="member"))["declared"]) == 1
    assert needs(viewer=MembershipFactory().user)["declared"] == []
    assert needs(viewer=STRANGER)["declared"] == []


def test_a_hand_written_address_is_read_as_far_as_it_makes_sense(client, water):
    ChallengeFactory().themes.set([water])
    address = "?trl=99999&suficiente=0&region=x&region=7&tema=no-such&detalle=2&por=nada"
    assert client.get(reverse("knowledge:gaps") + address).status_code == 200
    assert client.get(reverse("knowledge:gap_needs", args=["no-such"])).status_code == 404


@pytest.mark.parametrize("many", [1, 4])
def test_the_matrix_costs_the_same_for_few_and_many(  # noqa: PLR0913, PLR0917 -- fixtures
    client, team, south, water, many, django_assert_max_num_queries
):
    for _n in range(many):
        theme = ThemeFactory(broader=water.broader)
        problem_of(south, theme)
        ChallengeFactory().themes.set([theme])
        supplier(south, theme)
    client.force_login(team)
    client.get(reverse("knowledge:gaps"))  # what the map remembers is made
    with django_assert_max_num_queries(24):
        assert client.get(reverse("knowledge:gaps")).status_code == 200
