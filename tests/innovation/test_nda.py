"""The confidential part opens after a click that is on record, and to nobody else."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from minka.core.errors import Conflict, NotAllowed
from minka.core.models import LedgerEntry
from minka.innovation.actions.challenge_changes import change_challenge
from minka.innovation.actions.nda import accept_nda, open_nda
from minka.innovation.models import Call, Challenge, NdaAcceptance, NdaOpening
from minka.innovation.queries.nda import is_nda_reader, standing_of
from tests.factories import (
    ActorFactory,
    AssignmentFactory,
    ChallengeFactory,
    MembershipFactory,
    ProposalFactory,
    UserFactory,
)
from tests.innovation.challenge_stories import published, whole, with_document, with_nda
from tests.innovation.people import company, person_of, staff

pytestmark = pytest.mark.django_db
SECRET = "Reserva nda_details_es"


@pytest.fixture
def challenge():
    _by, made = published(with_nda())
    return made


def solver(**kwargs):
    return MembershipFactory(actor=ActorFactory(), user=UserFactory(**kwargs))


def accepted(challenge, membership):
    sha256 = challenge.nda_texts.last().sha256
    return accept_nda(
        by=membership.user, challenge=challenge, actor=membership.actor, sha256=sha256
    )


def address(challenge, name="nda", *args):
    return reverse(f"innovation:{name}", args=[challenge.slug, *args])


def test_the_click_keeps_who_for_whom_what_and_when(client, challenge):
    one = solver(language="en")
    client.force_login(one.user)
    page = client.get(address(challenge))
    assert SECRET not in page.text and "Texto de confidentiality_es" in page.text
    assert "no-store" in page["Cache-Control"]
    text = challenge.nda_texts.get()
    data = {"actor": one.actor.pk, "accept": "yes", "sha256": text.sha256}
    assert client.post(address(challenge), data).status_code == 302
    opened = client.get(address(challenge))
    assert SECRET in opened.text and "no-store" in opened["Cache-Control"]
    entry = LedgerEntry.objects.get(verb="innovation.nda_accept")
    kept = json.loads(entry.data)
    assert entry.by == one.user and kept["sha256"] == text.sha256
    assert kept["organisation"] == str(one.actor.public_id) and kept["text"] == 1
    assert kept["at"] == NdaAcceptance.objects.get().at.isoformat()
    assert "Reserva" not in entry.data


def test_nothing_is_accepted_without_the_tick_or_for_somebody_elses_organisation(client, challenge):
    one, other = solver(), solver()
    client.force_login(one.user)
    sha256 = challenge.nda_texts.get().sha256
    for data in (
        {"actor": one.actor.pk, "sha256": sha256},
        {"actor": other.actor.pk, "accept": "yes", "sha256": sha256},
        {"actor": "", "accept": "yes", "sha256": sha256},
    ):
        assert client.post(address(challenge), data).status_code == 422
    with pytest.raises(NotAllowed):
        accept_nda(by=one.user, challenge=challenge, actor=other.actor, sha256=sha256)
    with pytest.raises(Conflict):
        accept_nda(by=one.user, challenge=challenge, actor=one.actor, sha256="0" * 64)
    assert not NdaAcceptance.objects.exists()


def closed_to():
    rival = company("Minera Cerro Illari S.A.")
    return [
        person_of(rival),
        person_of(rival, role="representative"),
        UserFactory(),
        UserFactory(roles=["evaluator"]),
        UserFactory(roles=["committee"]),
        solver().user,
    ]


def test_no_door_shows_the_confidential_part_to_whoever_did_not_accept(client):
    by, challenge = published(with_nda())
    later = with_document(by, challenge, part="nda", name="secreto.txt", reason="Se suma la ficha.")
    doors = [
        address(challenge, "challenge"),
        address(challenge, "challenge") + "?lang=en",
        address(challenge, "challenge_versions"),
        address(challenge, "challenge_version", 1),
        address(challenge, "challenge_version", 2),
        address(challenge),
        f"/api/innovation/challenges/{challenge.slug}",
        "/buscar/?q=Reserva",
    ]
    for person in (None, *closed_to()):
        client.logout()
        if person:
            client.force_login(person)
            assert not is_nda_reader(person, challenge)
            with pytest.raises(NotAllowed):
                open_nda(by=person, challenge=challenge)
        for door in doors:
            page = client.get(door)
            assert "Reserva nda" not in page.text and "secreto.txt" not in page.text, door
        file = client.get(address(challenge, "challenge_document", later.file.uid))
        assert file.status_code == 404
        assert client.get(address(challenge, "nda_openings")).status_code in {302, 404}
    assert not NdaOpening.objects.exists()


def test_a_rival_mining_company_cannot_even_accept(client, challenge):
    rival = person_of(company("Minera Cerro Illari S.A."), role="representative")
    client.force_login(rival)
    page = client.get(address(challenge)).text
    assert 'name="accept"' not in page
    assert standing_of(viewer=rival, challenge=challenge).may_act_for == []


def test_another_wording_asks_again(client):
    by, challenge = published(with_nda())
    one = solver()
    accepted(challenge, one)
    texts = {**with_nda().texts, "confidentiality_es": "Ahora por cinco años."}
    change_challenge(
        by=by,
        challenge=challenge,
        revision=Challenge.objects.get().revision,
        content=whole(texts=texts),
        reason="La empresa pide cinco años.",
    )
    fresh = Challenge.objects.get()
    assert not is_nda_reader(one.user, fresh)
    client.force_login(one.user)
    page = client.get(address(fresh)).text
    assert SECRET not in page and "cinco años" in page
    accepted(fresh, one)
    assert is_nda_reader(one.user, fresh)


def test_whoever_left_the_organisation_reads_no_more(challenge):
    one = solver()
    accepted(challenge, one)
    one.state = "ended"
    one.save()
    fresh = type(one.user).objects.get(pk=one.user.pk)
    assert not is_nda_reader(fresh, challenge)


def test_whoever_accepted_and_then_came_to_a_rival_reads_no_more(challenge):
    one = solver()
    accepted(challenge, one)
    assert is_nda_reader(one.user, challenge)
    MembershipFactory(user=one.user, actor=company("Minera Rival S.A."), role="member")
    fresh = type(one.user).objects.get(pk=one.user.pk)
    assert not is_nda_reader(fresh, challenge)


def test_after_closing_nobody_new_but_those_who_accepted_and_evaluators(challenge):
    early, late = solver(), solver()
    accepted(challenge, early)
    closed = timezone.now() - timedelta(minutes=1)
    Call.objects.update(closes_at=closed, questions_until=None, opens_at=closed - timedelta(days=9))
    fresh = Challenge.objects.get()
    assert is_nda_reader(early.user, fresh)
    with pytest.raises(NotAllowed):
        accepted(fresh, late)
    judge = solver()
    proposal = ProposalFactory(challenge=fresh, submitted=True)
    AssignmentFactory(proposal=proposal, evaluator=judge.user, state="cleared")
    assert accepted(fresh, judge)


def test_who_opened_what_is_for_the_representatives_and_the_team(client):
    by, challenge = published(with_nda())
    paper = with_document(by, challenge, part="nda", reason="Se suma la ficha.")
    one, other = solver(full_name="Lucía Prado Rey"), solver()
    for membership in (one, other):
        accepted(challenge, membership)
    client.force_login(one.user)
    client.get(address(challenge))
    file = client.get(address(challenge, "challenge_document", paper.file.uid))
    assert file.status_code == 200 and "no-store" in file["Cache-Control"]
    assert b"".join(file.streaming_content) == b"Caudal 40 l/s"
    assert NdaOpening.objects.filter(by=one.user, actor=one.actor).count() == 2
    log = address(challenge, "nda_openings")
    client.force_login(other.user)
    assert client.get(log).status_code == 404
    actor = challenge.problems.get().company
    client.force_login(person_of(actor))  # the user area reads the part, not who else does
    assert client.get(log).status_code == 404
    for reader in (person_of(actor, role="representative"), staff()):
        client.force_login(reader)
        page = client.get(log).text
        assert "Lucía Prado Rey" in page and one.actor.name in page and "Ficha" in page


def test_a_challenge_from_before_has_no_confidential_door(client):
    challenge = ChallengeFactory()
    client.force_login(staff())
    assert client.get(address(challenge)).status_code == 404
    assert address(challenge) not in client.get(address(challenge, "challenge")).text


@pytest.mark.parametrize("rows", [1, 12])
def test_the_log_costs_the_same_for_one_opening_or_many(
    client, challenge, rows, django_assert_max_num_queries
):
    for _ in range(rows):
        one = solver()
        accepted(challenge, one)
        open_nda(by=one.user, challenge=challenge)
    client.force_login(staff())
    with django_assert_max_num_queries(30) as captured:
        client.get(address(challenge, "nda_openings"))
    assert len(captured) == COST.setdefault("log", len(captured))


COST: dict[str, int] = {}
