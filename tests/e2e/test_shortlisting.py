"""Five people of two competing companies and a cluster bring 34 problems to 8 public challenges."""

from collections.abc import Iterator
from typing import Any

import pytest

from minka.innovation.models import Challenge, Problem
from minka.knowledge.sources.reference import ensure_reference_data
from tests.e2e.site import Site, running_site
from tests.e2e.walk import shortlisting as walk
from tests.factories import ActorFactory, EditionFactory, RatingCriterionFactory, UserFactory
from tests.innovation.people import person_of

PHONE = {"width": 360, "height": 740}
BY_HAND = 2  # of the eight; the others take the same steps without a browser
FIRST, SECOND = "Minera Quebrada Honda S.A.", "Compañía Minera Verde Azul S.A.C."


def cast():
    """The team, and of each company a user area and a representative."""
    ensure_reference_data()
    edition = EditionFactory(shortlist_size=walk.PLACES)
    for position, (spanish, english) in enumerate((("Impacto", "Impact"), ("Urgencia", "Urgency"))):
        RatingCriterionFactory(
            edition=edition, position=position, name_es=spanish, name_en=english, weight=50
        )
    firms = [ActorFactory(kind="mining_company", name=name) for name in (FIRST, SECOND)]
    areas = [person_of(firm, role="user_area") for firm in firms]
    representatives = [person_of(firm, role="representative") for firm in firms]
    return UserFactory(is_staff=True, full_name="Rosa Benavides"), *areas, *representatives


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[Site]:
    """An empty site of its own: 34 problems are all that there are."""
    folder = tmp_path_factory.mktemp("site")
    with running_site(folder, unblock=django_db_blocker.unblock, quick=True) as running:
        yield running


@pytest.mark.long
def test_thirty_four_problems_become_eight_challenges(site, person, tmp_path):
    with site.database():
        people = cast()
    team, marco, oscar, lucia, paola = people
    rosa, area, other_area, representative, other_representative = map(person, people)

    walk.bring_sheet(area, tmp_path, site="Cerro Illari", count=17)
    walk.bring_sheet(other_area, tmp_path, site="Pampa Roja", count=17)
    walk.submit_one(area, f"{walk.SUBJECTS[0]} de Cerro Illari")
    with site.database():
        walk.hand_in_the_rest(marco, oscar)
        walk.accept_all(team)
        assert Problem.objects.filter(state="accepted").count() == 34
        walk.rate_the_rest(team, lucia, paola)
    walk.rate_one(other_representative, walk.SUBJECTS[0], hidden=FIRST)
    walk.choose_in_the_studio(rosa, tmp_path, company=FIRST)

    by_company = {FIRST: (area, representative), SECOND: (other_area, other_representative)}
    for _place in range(BY_HAND):
        slug = walk.start_challenge(rosa)
        with site.database():
            company = walk.fill_in(team, slug)
        walk.ask_approval(rosa, slug)
        for page in (*by_company[company], rosa):
            walk.approve(page, slug)
        walk.publish(rosa, slug)
    with site.database():
        walk.bring_the_rest(team)
    with site.database():
        published = Challenge.objects.filter(state="published")
        assert published.count() == walk.PLACES
        english, subject = published[0].title_en, published[0].title_es
    stranger = person(viewport=PHONE)
    walk.read_in_public(stranger, subject, english, hidden=(FIRST, SECOND))
