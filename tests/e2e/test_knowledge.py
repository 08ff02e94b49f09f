"""From two sheets that overlap to a profile that its organisation keeps, all through the pages."""

from urllib.parse import urlsplit

import pytest

from minka.knowledge.models import Actor
from minka.knowledge.sources.reference import ensure_reference_data
from tests.e2e.walk import knowledge
from tests.factories import UserFactory

PHONE = {"width": 360, "height": 740}


@pytest.mark.long
def test_two_sheets_are_reviewed_claimed_and_corrected(site, person, watch, tmp_path):
    with site.database():
        ensure_reference_data()
        staff = UserFactory(is_staff=True, full_name="Rosa Benavides Salas")
        keeper = UserFactory(full_name="Julia Torres Vega")
        outsider = UserFactory(full_name="Marco Quispe Huanca")
    rosa = person(staff)
    julia = person(keeper, viewport=PHONE, has_touch=True)
    watch.tolerate(r"console on /actores/.*/reclamar/: .* status of 422")  # a foreign domain

    knowledge.ask_about_everything(rosa)
    knowledge.bring_in(rosa, tmp_path, source="Padrón de la cámara", rows=knowledge.CHAMBER)
    knowledge.bring_in(rosa, tmp_path, source="Expositores de la feria", rows=knowledge.FAIR)
    with site.database():
        pumps, former_pumps = both(knowledge.PUMPS)
        carriers, laboratories = both(knowledge.CARRIER), both(knowledge.LABORATORY)
    knowledge.review_with_the_keyboard(rosa)

    rosa.goto(former_pumps)
    assert urlsplit(rosa.url).path == pumps
    for address in (*carriers, *laboratories):
        assert rosa.goto(address).status == 200
        assert urlsplit(rosa.url).path == address  # what is not the same remains two

    knowledge.claim(julia, site, pumps, email=f"gerencia@{knowledge.DOMAIN}")
    knowledge.propose_activity(person(outsider), pumps)
    knowledge.accept_correction(julia, pumps)
    knowledge.read_in_public(person(viewport=PHONE), former_pumps)


def both(name: str) -> tuple[str, str]:
    """Return the addresses of the two records that came with this name, the older first."""
    first, second = Actor.objects.filter(name__istartswith=name).order_by("pk")
    return first.get_absolute_url(), second.get_absolute_url()
