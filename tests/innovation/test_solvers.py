"""Who could answer a challenge, and inviting them: told to the team, and to nobody else."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry
from minka.innovation.actions.invitations import (
    Outsider,
    decline_invitation,
    invite_outsider,
    invite_solvers,
    letter_not_sent,
)
from minka.innovation.models import SolverInvitation
from minka.innovation.queries.solvers import likely_solvers
from minka.innovation.tasks import send_solver_invitation
from minka.knowledge.actions.search_index import index_actors
from minka.knowledge.models import Capability, Product
from tests.factories import (
    ActorFactory,
    ChallengeFactory,
    PlaceFactory,
    ProblemFactory,
    ProposalFactory,
    ThemeFactory,
    UserFactory,
)
from tests.innovation.people import company, person_of, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def water():
    return ThemeFactory(label_es="gestión de agua", label_en="water management")


@pytest.fixture
def challenge(water):
    found = ChallengeFactory(
        title_es="Recuperar agua de relaves", title_en="Recover water from tailings",
        trl_minimum=6,
    )  # fmt: skip
    found.themes.add(water)
    owner = company()
    owner.region = PlaceFactory(level="department")
    owner.save()
    found.problems.add(ProblemFactory(company=owner, state="challenged"))
    return found


def supplier(name, *, trl=None, theme=None, **kwargs):
    actor = ActorFactory(kind="supplier", name=name, email=f"{name.split()[0]}@x.example", **kwargs)
    if trl:
        Capability.objects.create(actor=actor, theme=theme, trl=trl)
    index_actors(actors=[actor.pk])
    return actor


def test_who_says_so_in_either_language_is_found_and_the_ripe_come_first(challenge, water):
    ripe = supplier("Hidrotec", trl=8, theme=water, description="Water recovery from tailings")
    young = supplier("Aguamarca", trl=3, theme=water, description="Agua de relaves recuperada")
    far = supplier("Cocina Andina", description="Comedores y alimentación")
    found = likely_solvers(viewer=staff(), challenge=challenge)
    listed = [one.actor for one in found.listed]
    assert listed[:2] == [ripe, young]
    assert far not in listed
    assert any("TRL 8" in reason for reason in found.listed[0].reasons)
    only = likely_solvers(viewer=staff(), challenge=challenge, only_ripe=True)
    assert [one.actor for one in only.listed] == [ripe]


def test_a_product_that_says_the_words_is_a_reason(challenge):
    actor = supplier("Relavex", description="Relaves")
    Product.objects.create(actor=actor, name="Recuperación de agua")
    found = likely_solvers(viewer=staff(), challenge=challenge)
    assert any("Recuperación de agua" in reason for reason in found.listed[0].reasons)


def test_the_company_with_the_problem_and_its_competitors_are_not_listed(challenge, water):
    owner = challenge.problems.get().company
    owner.themes.add(water)
    other = company("Otra Minera S.A.")
    other.themes.add(water)
    assert likely_solvers(viewer=staff(), challenge=challenge).listed == []


def test_a_theme_with_nobody_ripe_near_is_a_gap(challenge, water):
    region = challenge.problems.get().company.region
    assert likely_solvers(viewer=staff(), challenge=challenge).gaps
    supplier("Lejos", trl=8, theme=water)
    gap = likely_solvers(viewer=staff(), challenge=challenge).gaps[0]
    assert (gap.want.offering, gap.want.ripe, gap.want.near) == (1, 1, 0)
    supplier("Cerca", trl=7, theme=water, region=region)
    assert likely_solvers(viewer=staff(), challenge=challenge).gaps == []


def test_an_answer_that_is_being_written_shows_nowhere(challenge, water):
    writes, handed_in = (supplier(name, trl=7, theme=water) for name in ("Uno", "Otro"))
    team = staff()
    before = likely_solvers(viewer=team, challenge=challenge)
    ProposalFactory(challenge=challenge, lead=writes)
    ProposalFactory(challenge=challenge, lead=handed_in, submitted=True)
    assert likely_solvers(viewer=team, challenge=challenge) == before


@pytest.mark.parametrize("who", ["representative", "solver", "evaluator", "stranger"])
def test_nobody_but_the_team_sees_the_list_or_invites(client, challenge, water, who):
    actor = supplier("Hidrotec", trl=8, theme=water)
    people = {
        "representative": lambda: person_of(challenge.problems.get().company, "representative"),
        "solver": lambda: person_of(actor),
        "evaluator": lambda: UserFactory(roles=["evaluator"]),
        "stranger": UserFactory,
    }
    person = people[who]()
    assert likely_solvers(viewer=person, challenge=challenge).listed == []
    with pytest.raises(NotAllowed):
        invite_solvers(by=person, challenge=challenge, actors=[actor])
    client.force_login(person)
    page = client.get(reverse("innovation:solvers", args=[challenge.slug]))
    assert page.status_code == 403
    assert b"Hidrotec" not in page.content


def test_each_address_is_invited_once_and_the_letter_goes_out_once(challenge, water):
    by = staff()
    one = supplier("Hidrotec", trl=8, theme=water)
    twin = supplier("Gemelo", trl=8, theme=water)
    twin.email = one.email.upper()
    mute = supplier("Mudo", trl=8, theme=water)
    mute.email = ""
    made = invite_solvers(by=by, challenge=challenge, actors=[one, twin, mute], note="Los leímos.")
    assert [invitation.actor for invitation in made] == [one]
    assert invite_solvers(by=by, challenge=challenge, actors=[one]) == []
    assert LedgerEntry.objects.filter(verb="innovation.solver_invite").count() == 1
    assert send_solver_invitation.func(made[0].pk) is True
    assert send_solver_invitation.func(made[0].pk) is False
    (letter,) = mail.outbox
    assert letter.to == [one.email]
    assert "Recuperar agua de relaves" in letter.body
    assert "Los leímos." in letter.body


def test_an_outsider_is_invited_by_address(challenge):
    by = staff()
    whom = Outsider("Startup del Sur", "hola@sur.example", "en")
    made = invite_outsider(by=by, challenge=challenge, whom=whom)
    assert made.actor is None
    with pytest.raises(InvalidInput) as wrong:
        invite_outsider(by=by, challenge=challenge, whom=Outsider("", "HOLA@sur.example"))
    assert set(wrong.value.fields) == {"organisation", "email"}


@pytest.mark.parametrize("phase", ["closed", None])
def test_a_call_that_takes_no_answers_takes_no_invitations(phase):
    challenge = ChallengeFactory(call__phase=phase) if phase else ChallengeFactory(state="draft")
    with pytest.raises(WrongState):
        invite_outsider(by=staff(), challenge=challenge, whom=Outsider("X", "x@x.example"))


def test_the_link_opens_notes_the_visit_and_takes_a_no_once(client, challenge):
    whom = Outsider("Sur", "hola@sur.example")
    made = invite_outsider(by=staff(), challenge=challenge, whom=whom)
    send_solver_invitation.func(made.pk)
    link = re.search(r"https?://[^/]+(/\S+)", mail.outbox[0].body)[1]
    page = client.get(link)
    assert page.status_code == 200
    assert "Recuperar agua de relaves" in page.content.decode()
    made.refresh_from_db()
    assert made.step == "opened_invitation"
    assert client.post(link, {"reason": "Sin personal este año."}).status_code == 302
    assert client.post(link, {"reason": "otra"}).status_code == 409
    made.refresh_from_db()
    assert (made.step, made.decline_reason) == ("declined_invitation", "Sin personal este año.")


def test_a_forged_link_and_one_of_a_draft_open_nothing(client, challenge):
    made = invite_outsider(by=staff(), challenge=challenge, whom=Outsider("S", "s@s.example"))
    assert client.get(reverse("innovation:solver_invitation", args=["1.x"])).status_code == 404
    assert client.get(f"/invitaciones/{made.pk}/").status_code == 404


def test_a_letter_that_the_server_does_not_take_is_tried_again_and_then_given_up(challenge):
    made = invite_outsider(by=staff(), challenge=challenge, whom=Outsider("S", "s@s.example"))
    SolverInvitation.objects.update(sent_at=timezone.now())
    letter_not_sent(invitation_id=made.pk, attempt=1)
    made.refresh_from_db()
    assert made.step == "waiting_invitation"
    letter_not_sent(invitation_id=made.pk, attempt=8)
    made.refresh_from_db()
    assert made.step == "failed_invitation"


def test_declining_counts_as_opened(challenge):
    made = invite_outsider(by=staff(), challenge=challenge, whom=Outsider("S", "s@s.example"))
    decline_invitation(invitation=made, reason="")
    assert made.opened_at is not None


def test_the_page_costs_the_same_however_many_there_are(
    client, challenge, water, django_assert_max_num_queries
):
    client.force_login(staff())
    url = reverse("innovation:solvers", args=[challenge.slug])
    client.get(url)  # what the process remembers for half a minute is asked once
    counts = []
    for round_ in range(2):
        for number in range(3):
            actor = supplier(f"Empresa{round_}{number}", trl=7, theme=water)
            Product.objects.create(actor=actor, name="Recuperación de agua")
        with django_assert_max_num_queries(40) as asked:
            assert client.get(url).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_ticking_invites_from_the_page(client, challenge, water):
    client.force_login(staff())
    actor = supplier("Hidrotec", trl=8, theme=water)
    url = reverse("innovation:solvers", args=[challenge.slug])
    answer = client.post(url, {"actor": [actor.pk], "note": ""}, follow=True)
    assert SolverInvitation.objects.get().actor == actor
    assert "Hidrotec" in answer.content.decode()
