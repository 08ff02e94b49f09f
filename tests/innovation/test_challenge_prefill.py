"""A draft begins with what its problems say, never above the tier that the company chose."""

import pytest

from minka.innovation.actions.challenges import draft_challenge, use_terms
from minka.innovation.models import Challenge
from minka.innovation.queries.challenge_content import content_of, has_nda
from minka.innovation.queries.challenge_parts import ALL_TEXT_FIELDS
from minka.innovation.queries.challenges import missing_texts
from tests.factories import ProblemFactory, ThemeFactory
from tests.innovation.people import company, staff

pytestmark = pytest.mark.django_db

SAID = {
    "what_happens": "En Kimsachata la faja se corta.",
    "systems": "Sensores de 2019",
    "tried": "Se probó un polímero",
    "constraint_altitude": "A 4 600 m",
    "sought": "Una faja que avise",
    "success_measure": "Paradas al mes",
    "data_offered": "Doce meses de datos",
    "pilot_site": "La faja 3",
    "cost_basis": "Balance confidencial",
    "sponsor": "Gerencia de Planta Oriente",
    "user_area": "Superintendencia de chancado",
    "objective": "Objetivo interno nueve",
}


def begun(**problem):
    stated = ProblemFactory(
        state="shortlisted",
        company=company("Minera Quebrada Sillar S.A."),
        site="Unidad Kimsachata",
        yearly_cost_usd=987_654,
        pilot_usd=543_210,
        **{**SAID, **problem},
    )
    return draft_challenge(by=staff(), problems=[stated])


def words(challenge, *, nda):
    fields = [name for name in ALL_TEXT_FIELDS if name.startswith("nda_") == nda]
    return " ".join(getattr(challenge, name) for name in fields)


def test_each_thing_goes_where_its_tier_lets_it_be_read():
    challenge = begun()
    public, nda = words(challenge, nda=False), words(challenge, nda=True)
    assert SAID["sought"] in challenge.sought_es and SAID["success_measure"] in public
    for name in ("systems", "tried", "constraint_altitude", "data_offered", "pilot_site"):
        assert SAID[name] in nda and SAID[name] not in public
    for name in ("cost_basis", "sponsor", "user_area", "objective"):
        assert SAID[name] not in public + nda
    assert "987" not in public + nda and "543" not in public + nda
    assert challenge.pilot_budget_usd is None  # what a pilot would cost is for the team alone
    assert "Kimsachata" not in public + nda and "se corta" in nda


@pytest.mark.parametrize(
    ("tier", "in_public", "in_nda"),
    [("public", True, False), ("solvers", False, True), ("team", False, False)],
)
def test_what_the_company_chose_is_what_counts(tier, in_public, in_nda):
    challenge = begun(tiers={"what_happens": tier, "systems": tier, "constraints": tier})
    for text in ("se corta", "Sensores de 2019", "A 4 600 m"):
        assert (text in words(challenge, nda=False)) is in_public
        assert (text in words(challenge, nda=True)) is in_nda


def test_a_title_that_is_not_for_everybody_is_not_copied():
    challenge = begun(
        tiers={"title": "solvers"}, title="Corte de faja por finos", title_other="Belt cut"
    )
    both = words(challenge, nda=False) + words(challenge, nda=True) + challenge.slug
    assert "finos" not in both and "Belt" not in both
    assert missing_texts(challenge).keys() >= {"title_es", "title_en"}


def test_what_is_for_the_company_alone_is_in_neither_part():
    challenge = begun(
        tiers={"sought": "company", "pilot_site": "company", "trl": "team"}, trl_entry=5
    )
    both = words(challenge, nda=False) + words(challenge, nda=True)
    assert SAID["sought"] not in both and SAID["pilot_site"] not in both
    assert challenge.trl_minimum is None


def test_themes_that_the_company_keeps_are_not_copied():
    stated = ProblemFactory(state="shortlisted", company=company(), tiers={"themes": "team"})
    stated.themes.add(ThemeFactory())
    assert not draft_challenge(by=staff(), problems=[stated]).themes.exists()


def test_a_problem_in_english_fills_the_english_column():
    challenge = begun(language="en", title="Belts that warn", title_other="Fajas que avisan")
    assert SAID["sought"] in challenge.sought_en and challenge.sought_es == ""
    assert (challenge.title_en, challenge.title_es) == ("Belts that warn", "Fajas que avisan")


def test_terms_are_there_from_the_start_and_can_be_exchanged():
    challenge = begun()
    assert challenge.ip_es and challenge.ip_en and challenge.confidentiality_en
    before = challenge.ip_es
    use_terms(by=staff(), challenge=challenge, key="ip_company")
    fresh = Challenge.objects.get()
    assert fresh.ip_es != before and fresh.revision == challenge.revision + 1
    assert has_nda(content_of(fresh))
