"""Pages, files, API, search and notices of agreements: for the parties, and for nobody else."""

import json

import pytest
from django.urls import reverse

from minka.core.models import Notice
from minka.innovation.actions.agreements_signing import ask_agreement_approval, show_agreement
from minka.innovation.models import MilestoneReport
from minka.innovation.queries.agreement_seats import holds, seats_of
from minka.innovation.queries.agreement_steps import agreement_items
from minka.innovation.queries.agreements import represented_parties, search_agreements
from minka.innovation.sources.agreement_paper.printing import print_agreement
from minka.innovation.states.agreements import AgreementState, TextState
from minka.portal.queries.search import search_everything
from tests.factories import UserFactory
from tests.innovation.agreement_stories import (
    again,
    begun,
    cast,
    days,
    in_force,
    milestone,
    upload,
)
from tests.innovation.test_plan import handed_in, proven

pytestmark = pytest.mark.django_db
SECRET = "Piloto de neutralización sin lodo"


def as_(client, person):
    person.__dict__.pop("_active_memberships", None)
    client.force_login(person)
    return client


def full(people):
    """An agreement in force with a report, a file and evidence: everything that could leak."""
    agreement = in_force(people)
    print_agreement(version_id=agreement.text_id)
    one = milestone(people, agreement)
    proven(people, agreement, "before", 4)
    return again(agreement), handed_in(people, one)


def addresses(agreement, report):
    one = [agreement.public_id]
    return [
        reverse("innovation:agreement", args=one),
        reverse("innovation:agreement_text", args=one),
        reverse("innovation:agreement_versions", args=one),
        reverse("innovation:agreement_plan", args=one),
        reverse("innovation:agreement_results", args=one),
        reverse("innovation:agreement_file", args=[*one, f"v{agreement.text.number}"]),
        reverse("innovation:agreement_seal", args=[*one, agreement.text.number]),
        reverse("innovation:report", args=[report.public_id]),
        f"/api/innovation/agreements/{agreement.public_id}",
    ]


def test_the_parties_read_every_page(client):
    people = cast()
    agreement, report = full(people)
    for person in (people.rep, people.boss, people.team):
        as_(client, person)
        for address in addresses(agreement, report):
            answer = client.get(address)
            b"".join(answer.streaming_content if answer.streaming else [])  # closes the file
            assert answer.status_code in {200, 302}, address
    page = as_(client, people.worker).get(reverse("innovation:agreements"))
    assert SECRET in page.content.decode()


def test_no_stranger_reads_a_page_a_file_the_api_a_hit_or_a_notice(client):
    people = cast()
    agreement, report = full(people)
    for person in people.strangers:
        as_(client, person)
        for address in addresses(agreement, report):
            assert client.get(address).status_code == 404, (person, address)
            assert client.post(address, {"do": "ask"}).status_code in {404, 405}, address
        assert SECRET not in client.get(reverse("innovation:agreements")).content.decode()
        assert SECRET not in client.get("/api/innovation/agreements").content.decode()
        assert search_agreements(viewer=person, words="neutralización", limit=5) == []
        assert SECRET not in str(search_everything(viewer=person, words="neutralización"))
        assert agreement_items(viewer=person) == []
        assert not Notice.objects.filter(
            recipient=person, kind__startswith="innovation.agreement"
        ).exists()
        supplier = reverse("innovation:supplier_path", args=[people.solver.public_id])
        assert client.get(supplier).status_code == 404


def test_the_public_sees_nothing_without_the_yes_of_both_parties(client):
    people = cast(names_company=True)
    agreement, report = full(people)
    for address in addresses(agreement, report):
        assert client.get(address).status_code in {302, 401}, address

    def told():
        page = client.get(reverse("innovation:programme")).context["told"]
        data = client.get(reverse("innovation:ocds")).content.decode()
        return str(agreement.public_id) in data, agreement in page

    assert told() == (False, False)
    show(people.rep, agreement)
    assert told() == (False, False)
    show(people.boss, agreement)
    assert told() == (True, True)
    show(people.rep, agreement, shows=False)
    assert told() == (False, False)


def show(person, agreement, *, shows=True):
    party = represented_parties(viewer=person, agreement=again(agreement))[0]
    show_agreement(by=person, agreement=again(agreement), party=party.pk, shows=shows)


def test_what_is_told_never_has_the_title_the_value_or_the_words(client):
    people = cast(names_company=True)
    agreement, _report = full(people)
    show(people.rep, agreement)
    show(people.boss, agreement)
    for address in (
        reverse("innovation:ocds"),
        "/api/innovation/ocds",
        reverse("innovation:programme"),
    ):
        said = client.get(address).content.decode()
        assert SECRET not in said
        assert "80000" not in said.replace(",", "")
        assert "reactor" not in said


def test_somebody_who_competed_from_the_team_is_no_reader(client):
    people = cast()
    agreement, report = full(people)
    people.rival.is_staff = True
    people.rival.save()
    as_(client, people.rival)
    for address in addresses(agreement, report):
        assert client.get(address).status_code == 404, address


def test_a_draft_report_is_read_by_its_supplier_alone(client):
    people = cast()
    agreement = in_force(people)
    one = milestone(people, agreement)
    as_(client, people.worker)
    client.post(reverse("innovation:report_start", args=[agreement.public_id, one.pk]))
    report = MilestoneReport.objects.get()
    address = reverse("innovation:report", args=[report.public_id])
    assert client.get(address).status_code == 200
    for person in (people.area, people.team, people.rep, *people.strangers):
        assert as_(client, person).get(address).status_code == 404


def test_a_report_goes_by_its_form_with_a_file_and_comes_back_when_words_are_missing(client):
    people = cast()
    agreement = in_force(people)
    one = milestone(people, agreement)
    as_(client, people.worker)
    client.post(reverse("innovation:report_start", args=[agreement.public_id, one.pk]))
    report = MilestoneReport.objects.get()
    address = reverse("innovation:report", args=[report.public_id])
    values = {"done": "Corto", "results": "", "difficulties": "", "revision": 0, "do": "submit"}
    page = client.post(address, {**values, "uploads": upload()})
    assert page.status_code == 422
    assert "Corto" in page.content.decode()
    saved = client.post(
        reverse("innovation:report_autosave", args=[report.public_id]),
        {"done": "Instalamos el reactor en la planta.", "revision": 1},
    )
    assert saved.json()["revision"] == 2
    stale = client.post(
        reverse("innovation:report_autosave", args=[report.public_id]),
        {"done": "Otra cosa", "revision": 1},
    )
    assert stale.status_code == 409
    values |= {"done": "Instalamos el reactor en la planta.", "results": "200 horas sin parar."}
    assert client.post(address, {**values, "revision": 2}).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.files.count()) == ("submitted", 1)
    file = reverse("innovation:deliverable", args=[report.public_id, report.files.get().file.uid])
    answer = as_(client, people.area).get(file)
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    for person in people.strangers:
        assert as_(client, person).get(file).status_code == 404


def test_whoever_has_approved_is_told_so_and_can_still_ask_for_changes(client):
    people = cast()
    agreement = begun(people)
    ask_agreement_approval(by=people.team, agreement=again(agreement))
    address = reverse("innovation:agreement", args=[agreement.public_id])

    def offered():
        page = as_(client, people.rep).get(address).content.decode()
        return 'value="approve"' in page, 'value="changes"' in page

    assert offered() == (True, True)
    now = again(agreement)
    seat = next(one for one in seats_of(now) if holds(people.rep, one))
    sent = {"seat": seat.key, "sha256": now.text.sha256, "do": "approve"}
    client.post(reverse("innovation:agreement_answer", args=[agreement.public_id]), sent)
    assert offered() == (False, True)


def test_a_session_that_ends_gives_the_words_back(client):
    people = cast()
    agreement = begun(people)
    address = reverse("innovation:agreement_text", args=[agreement.public_id])
    page = client.post(address, {"clause_text": "Una cláusula escrita con cuidado"})
    assert page.status_code == 401
    assert "Una cláusula escrita con cuidado" in page.content.decode()


def test_the_text_is_written_by_form_and_a_second_writer_sees_both_texts(client):
    people = cast()
    agreement = begun(people)
    now = again(agreement)
    address = reverse("innovation:agreement_text", args=[agreement.public_id])
    clauses = now.text.content["clauses"]
    values = {
        "kind": "pilot",
        "title": now.title,
        "language": "es",
        "value_usd": "80000",
        "starts_on": "",
        "ends_on": "",
        "revision": now.revision,
        "clause_title": [*(one["title"] for one in clauses), "Visitas"],
        "clause_text": [*(one["text"] for one in clauses), "Se visita la planta cada mes."],
        "clause_remove": ["0"],
    }
    assert as_(client, people.rep).post(address, values).status_code == 302
    said = again(agreement).text.content["clauses"]
    assert (len(said), said[-1]["title"]) == (len(clauses), "Visitas")
    page = as_(client, people.boss).post(address, {**values, "clause_remove": []})
    assert page.status_code == 409
    assert "worddiff" in page.content.decode()


def test_approval_and_signature_by_form(client):
    people = cast()
    agreement = begun(people)
    page = reverse("innovation:agreement", args=[agreement.public_id])
    as_(client, people.team).post(page, {"do": "ask"})
    answer = reverse("innovation:agreement_answer", args=[agreement.public_id])
    for person, seat in ((people.area, 0), (people.rep, 1), (people.boss, 2)):
        as_(client, person)
        seats = client.get(page).context["seats"]
        values = {"seat": seats[seat].key, "sha256": again(agreement).text.sha256}
        assert client.post(answer, {**values, "do": "approve"}).status_code == 302
    assert again(agreement).text_state == TextState.SIGNING
    for person in (people.rep, people.boss):
        as_(client, person)
        party = client.get(page).context["to_sign"][0]
        values = {
            "do": "sign",
            "party": party.pk,
            "sha256": again(agreement).text.sha256,
            "name": "Ana Quispe",
            "post": "Gerente",
        }
        assert client.post(page, values).status_code == 422  # without the tick
        assert client.post(page, {**values, "agrees": "on"}).status_code == 302
        assert client.post(page, {**values, "agrees": "on"}).status_code in {403, 409}
    assert again(agreement).state == AgreementState.IN_FORCE


def test_the_forms_of_the_plan_are_asked_for_and_keep_what_was_typed(client):
    people = cast()
    agreement = in_force(people)
    address = reverse("innovation:agreement_plan", args=[agreement.public_id])
    as_(client, people.area)
    asked = client.get(address, {"hacer": "add_milestone"})
    assert asked.context["failed"].do == "add_milestone"
    values = {"do": "add_milestone", "title": "Instalación", "due_on": str(days(-3))}
    page = client.post(address, values)
    assert page.status_code == 422
    assert 'value="Instalación"' in page.content.decode()
    assert client.post(address, {**values, "due_on": str(days(9))}).status_code == 302
    assert agreement.milestones.count() == 1
    other = in_force(cast())
    foreign = milestone(cast_of(other), other)
    values = {"do": "drop", "pk": foreign.pk, "reason": "No es de este acuerdo."}
    assert client.post(address, values).status_code == 404


def cast_of(agreement):
    """The user area of another agreement, enough to add to its plan."""
    party = agreement.parties.get(role="company")
    area = party.actor.memberships.get(role="user_area").user
    return type("People", (), {"area": area})


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_or_three(client, rows, django_assert_num_queries):
    people = cast()
    for _ in range(rows):
        begun(people)
    as_(client, people.rep)
    client.get(reverse("innovation:agreements"))
    with django_assert_num_queries(8):
        page = client.get(reverse("innovation:agreements"))
    assert page.content.decode().count("row-title") == rows


def test_work_waits_for_who_has_to_act():
    people = cast()
    agreement = begun(people)
    assert agreement_items(viewer=people.rep) == []
    ask_agreement_approval(by=people.team, agreement=again(agreement))
    assert len(agreement_items(viewer=people.rep)) == 1
    assert agreement_items(viewer=people.worker) == []


def test_the_team_begins_and_registers_by_form_and_others_are_refused(client):
    people = cast()
    new, register = reverse("innovation:agreement_new"), reverse("innovation:agreement_register")
    for person in (people.rep, people.boss, *people.strangers):
        as_(client, person)
        assert client.get(new).status_code == client.get(register).status_code == 403
    as_(client, people.team)
    assert people.solver.name in client.get(new).content.decode()
    chosen = str(people.decision.proposal.public_id)
    assert client.get(new, {"decision": chosen}).status_code == 200
    values = {
        "decision": chosen,
        "kind": "pilot",
        "title": "Piloto",
        "language": "es",
        "companies": [people.company.public_id],
    }
    assert client.post(new, values).status_code == 302
    values = {
        "kind": "nda",
        "title": "Confidencialidad",
        "language": "es",
        "company": people.company.public_id,
        "solver": "nadie",
        "signed_on": str(days(-9)),
    }
    assert client.post(register, {**values, "document": upload()}).status_code == 422
    values |= {"solver": people.solver.public_id, "document": upload()}
    assert client.post(register, values).status_code == 302


def test_the_api_lists_ones_own_alone(client):
    people = cast()
    agreement = in_force(people)
    begun(cast())
    found = json.loads(as_(client, people.boss).get("/api/innovation/agreements").content)
    assert [one["id"] for one in found["items"]] == [str(agreement.public_id)]
    assert client.get("/api/innovation/agreements/nada").status_code == 404
    as_(client, UserFactory())
    assert json.loads(client.get("/api/innovation/agreements").content)["items"] == []
