"""The whole main job, from a messy sheet to a decision that a supplier reads, on an empty site."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.e2e.site import Site, running_site
from tests.e2e.walk import challenge, decision, ecosystem, evaluation, problem, proposal
from tests.e2e.walk.hands import Newcomer, sign_up
from tests.e2e.walk.sheets import MINE, OTHER_MINE
from tests.factories import UserFactory
from tests.services import postgres

PHONE = {"width": 360, "height": 740}
MARCO = Newcomer("Marco Quispe Huanca", "marco@verdeazul.example")
LUCIA = Newcomer("Lucía Paredes Rojas", "lucia@quebradahonda.example")
PAOLA = Newcomer("Paola Rivas Tejada", "paola@verdeazul.example")
OSCAR = Newcomer("Óscar Mamani Flores", "oscar@quebradahonda.example")
JULIA = Newcomer("Julia Torres Vega", "julia@abrasioncero.example")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def site(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: Any,
) -> Iterator[Site]:
    """An empty site of its own, on each of the databases."""
    with ExitStack() as stack:
        server = ""
        if request.param == "postgresql":
            if postgres.binaries() is None:
                pytest.skip("NO POSTGRESQL SERVER on this machine")
            server = stack.enter_context(postgres.cluster())
        folder = tmp_path_factory.mktemp("site")
        unblock = django_db_blocker.unblock
        opened = running_site(folder, unblock=unblock, server=server, quick=True)
        yield stack.enter_context(opened)


@pytest.mark.long
def test_from_a_messy_sheet_to_a_decision(site, person, watch, tmp_path):
    with site.database():
        staff = UserFactory(is_staff=True, full_name="Rosa Benavides Salas")
    rosa, marco, lucia, oscar, paola = person(staff), person(), person(), person(), person()
    julia = person(viewport=PHONE, has_touch=True)
    visitor = person(viewport=PHONE)
    watch.tolerate(r"console on /propuestas/.*/decision/: .* status of 422")  # asked for on purpose

    # 1. The map
    ecosystem.import_organisations(rosa, tmp_path)
    ecosystem.import_universities(rosa, tmp_path)
    ecosystem.find_in_directory(rosa)
    ecosystem.see_the_map(rosa)
    for page, who in ((marco, MARCO), (lucia, LUCIA), (oscar, OSCAR), (paola, PAOLA)):
        sign_up(page, site, who)
    ecosystem.give_role(rosa, MARCO, actor=MINE, role="Área usuaria", area="Mantenimiento")
    ecosystem.give_role(rosa, PAOLA, actor=MINE, role="Representante de la empresa")
    ecosystem.give_role(rosa, LUCIA, actor=OTHER_MINE, role="Representante de la empresa")
    ecosystem.give_role(rosa, OSCAR, actor=OTHER_MINE, role="Área usuaria", area="Metalurgia")
    ecosystem.make_evaluator(rosa, OSCAR)

    # 2. The problem
    challenge.open_edition(rosa)
    problem.state_problem(marco)
    problem.ask_for_more(rosa)
    problem.answer(marco, site, MARCO)
    problem.accept(rosa)

    # 3. The challenge
    challenge.rate(lucia)
    challenge.shortlist(rosa)
    slug = challenge.write_challenge(rosa)
    for page in (marco, paola, rosa):
        challenge.approve(page, slug)
    address = challenge.publish(rosa, slug)
    challenge.read_in_public(visitor, address)

    # 4. The proposal
    sign_up(julia, site, JULIA)
    proposal.register_firm(julia, address)
    proposal.draft(julia, address)
    proposal.complete(julia)
    number = proposal.submit(julia)
    received = site.mail.wait_for(to=JULIA.email, subject=challenge.TITLE_ES)
    assert number in received.get_body(("plain",)).get_content()

    # 5. The evaluation
    evaluation.close_call(site)
    evaluation.assign(rosa, address, MARCO, OSCAR)
    evaluation.declare_no_conflict(marco, site, MARCO)
    evaluation.score(marco, (5, 4), "Ataca el mayor costo")
    evaluation.declare_no_conflict(oscar, site, OSCAR)
    evaluation.score(
        oscar, (4, 4), "Se puede instalar en una parada", unseen="Ataca el mayor costo"
    )
    evaluation.sees_the_other(oscar, "Ataca el mayor costo")

    # 6. The decision
    decision.decide(rosa, address)
    decision.nothing_known_yet(julia)
    decision.release(rosa)
    decision.learn_decision(julia, site, JULIA)

    # 7. Home
    decision.see_funnel(visitor)
