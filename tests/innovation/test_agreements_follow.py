"""What an agreement follows from, and who of a consortium is party to it."""

import json

import pytest
from django.urls import reverse

from minka.core.errors import InvalidInput
from minka.core.models import LedgerEntry
from minka.innovation.actions.agreement_beginnings import (
    Parties,
    SignedElsewhere,
    register_agreement,
    start_agreement,
)
from minka.innovation.actions.agreements_signing import show_agreement
from minka.innovation.models import Agreement, Challenge, Partner
from minka.innovation.queries.agreements import represented_parties
from minka.innovation.sources.programme.open_contracting import release_package
from tests.factories import ActorFactory
from tests.innovation.agreement_stories import begun, cast, days, facts, in_force, upload
from tests.innovation.stories import draft_of_member, member_of, staff

pytestmark = pytest.mark.django_db
REGISTER = reverse("innovation:agreement_register")


def contract_of(people, follows, **kwargs):
    values = {
        "by": people.team,
        "facts": facts(kind="purchase", title="Contrato de tres molinos"),
        "parties": Parties([people.company], [people.solver]),
        "signed": SignedElsewhere(days(0), upload(), follows=follows),
    }
    return register_agreement(**{**values, **kwargs})


def told_by_all(people, *agreements):
    for one in agreements:
        for person in (people.rep, people.boss):
            party = represented_parties(viewer=person, agreement=one)[0]
            show_agreement(by=person, agreement=one, party=party.pk, shows=True)


def typed(people, **more):
    return {
        "kind": "purchase", "title": "Contrato de tres molinos", "language": "es",
        "company": people.company.public_id, "solver": people.solver.public_id,
        "signed_on": days(-1).isoformat(), **more,
    }  # fmt: skip


def test_a_contract_signed_elsewhere_follows_its_pilot_on_both_pages_and_in_the_record(client):
    people = cast()
    pilot = in_force(people)
    client.force_login(people.team)
    begins = client.get(f"{REGISTER}?sigue={pilot.public_id}").content.decode()
    assert people.solver.public_id in begins  # its parties are taken along
    sent = typed(people, follows=str(pilot.public_id), document=upload())
    made = Agreement.objects.get(public_id=client.post(REGISTER, sent).url.split("/")[-2])
    assert (made.follows, made.decision) == (pilot, pilot.decision)
    entry = LedgerEntry.objects.get(verb="innovation.agreement_register")
    assert json.loads(entry.data)["follows"] == str(pilot.public_id)
    for person in (people.team, people.rep, people.worker):
        client.force_login(person)
        for one, other in ((made, pilot), (pilot, made)):
            page = client.get(reverse("innovation:agreement", args=[one.public_id]))
            assert reverse("innovation:agreement", args=[other.public_id]) in page.content.decode()
    found = client.get(f"/api/innovation/agreements/{made.public_id}").json()
    assert found["follows"] == str(pilot.public_id)


def test_searching_shortens_the_list_and_keeps_what_was_typed(client):
    people = cast()
    in_force(people, title="Piloto de neutralización sin lodo")
    contract_of(people, None, facts=facts(kind="nda", title="Confidencialidad de ensayos"))
    client.force_login(people.team)
    sent = typed(people, do="search", find="neutralización")
    page = client.post(REGISTER, sent).content.decode()
    assert "Piloto de neutralización sin lodo" in page
    assert "Confidencialidad de ensayos" not in page
    assert "Contrato de tres molinos" in page
    assert Agreement.objects.count() == 2  # looking registers nothing


def test_nobody_ties_an_agreement_to_a_draft_or_to_one_they_may_not_know(client):
    people = cast()
    pilot = in_force(people)
    with pytest.raises(InvalidInput):
        contract_of(people, begun(people, title="Aún un borrador"))
    challenge = people.decision.proposal.challenge
    mine, _author = draft_of_member(challenge=challenge, submitted=True)
    rival = member_of(mine.lead, user=staff())  # of the team, and competes in that challenge
    with pytest.raises(InvalidInput):
        contract_of(people, pilot, by=rival)
    client.force_login(rival)
    page = client.get(f"{REGISTER}?sigue={pilot.public_id}").content.decode()
    for words in (f">{pilot.title}", f'value="{pilot.public_id}', people.solver.public_id):
        assert words not in page
    sent = typed(people, follows=str(pilot.public_id), document=upload())
    assert client.post(REGISTER, sent).status_code == 422


def test_open_data_tells_the_process_before_only_when_both_are_public():
    people = cast()
    pilot = in_force(people)
    Challenge.objects.update(names_company=False)  # each agreement is a process of its own
    pilot.refresh_from_db()
    contract = contract_of(people, pilot)
    told_by_all(people, contract)
    assert "relatedProcesses" not in str(release_package(language="es"))
    told_by_all(people, pilot)
    releases = {one["ocid"]: one for one in release_package(language="es")["releases"]}
    [ocid] = [one for one in releases if str(contract.public_id) in one]
    [prior] = releases[ocid]["relatedProcesses"]
    assert str(pilot.public_id) in prior["identifier"]
    assert (prior["relationship"], prior["scheme"]) == (["prior"], "ocid")
    assert prior["identifier"] in releases
    Challenge.objects.update(names_company=True)  # both belong to the process of the challenge
    assert "relatedProcesses" not in str(release_package(language="es"))


def partner_of(people, name, **kwargs):
    values = {"state": "accepted", "counts": True, "share": 30, "asked_by": people.boss}
    return Partner.objects.create(
        proposal=people.decision.proposal, actor=ActorFactory(name=name), **{**values, **kwargs}
    ).actor


def test_partners_of_the_consortium_are_offered_and_become_parties(client):
    people = cast()
    partner = partner_of(people, "Instituto Quelccaya")
    left = partner_of(people, "Taller que se fue", state="left", counts=False)
    client.force_login(people.team)
    address = reverse("innovation:agreement_new")
    chosen = str(people.decision.proposal.public_id)
    page = client.get(f"{address}?decision={chosen}").content.decode()
    assert partner.name in page
    assert left.name not in page
    sent = {
        "decision": chosen, "kind": "pilot", "title": "Piloto de dos", "language": "es",
        "companies": [people.company.public_id], "partners": [partner.public_id],
    }  # fmt: skip
    made = Agreement.objects.get(public_id=client.post(address, sent).url.split("/")[-3])
    names = [(one.role, one.name) for one in made.parties.all()]
    assert names == [
        ("company", people.company.name), ("solver", people.solver.name), ("solver", partner.name),
    ]  # fmt: skip
    with pytest.raises(InvalidInput):
        start_agreement(
            by=people.team, decision=people.decision, facts=facts(),
            parties=Parties([people.company], [left]),
        )  # fmt: skip
