"""Minutes say what was recorded, are approved by who was there, and then stay as they are."""

import pytest
from django.urls import reverse

from minka.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry, Notice
from minka.innovation.actions.minutes import approve_minutes, correct_minutes
from minka.innovation.actions.panel_holding import close_session, declare_interest
from minka.innovation.actions.scenarios import keep_scenario
from minka.innovation.queries.minutes import digest, minutes_content, readable
from minka.innovation.queries.scenarios import scenario_inputs
from minka.innovation.queries.work_proposals import work_items
from tests.factories import UserFactory
from tests.innovation.panel_stories import approved, closed_panel, item_of, opened, voted
from tests.innovation.stories import discussed, scored, staff

pytestmark = pytest.mark.django_db


def correct(by, minutes, **more):
    values = {"number": minutes.number, "said": {}, "remarks": "", "corrections": "",
              "why": "Se precisa la hora de inicio."}  # fmt: skip
    return correct_minutes(by=by, minutes=minutes, **{**values, **more})


def test_they_say_who_when_quorum_votes_decisions_and_reasons():
    _challenge, [proposal, _other], _by, session, people = closed_panel()
    content = session.minutes.revisions.get().content
    [first, second] = content["items"]
    assert [one["name"] for one in content["seats"]] == [str(one) for one in people]
    assert (content["session"]["present"], content["session"]["needed"]) == (3, 2)
    [motion] = first["motions"]
    assert (motion["in_favour"], motion["against"], motion["state"]) == (2, 1, "carried")
    assert motion["votes"][2] == {"name": str(people[2]), "ballot": "against"}
    assert second["motions"][0]["outcome"] == "not_selected"
    assert first["proposal"]["lead"] == proposal.lead.name


def test_they_are_fixed_when_all_who_were_there_have_approved_and_change_no_more():
    _challenge, _proposals, by, session, people = closed_panel()
    minutes = session.minutes
    assert {one.recipient_id for one in Notice.objects.filter(
        kind="innovation.minutes_to_approve")} == {one.pk for one in people}  # fmt: skip
    assert any("acta" in item.url for item in work_items(viewer=people[0]))
    for person in people[:2]:
        approve_minutes(by=person, minutes=minutes, number=1)
        approve_minutes(by=person, minutes=minutes, number=1)  # a second click
    assert not any("acta" in item.url for item in work_items(viewer=people[0]))
    minutes.refresh_from_db()
    assert minutes.state == "draft"
    approve_minutes(by=people[2], minutes=minutes, number=1)
    minutes.refresh_from_db()
    assert minutes.state == "fixed"
    told = LedgerEntry.objects.get(verb="innovation.minutes_fix").details
    assert told["sha256"] == digest(minutes.revisions.get().content)
    with pytest.raises(WrongState):
        correct(by, minutes)


def test_a_correction_is_a_revision_and_voids_the_approvals_before():
    _challenge, [proposal, _other], by, session, people = closed_panel()
    minutes = session.minutes
    approve_minutes(by=people[0], minutes=minutes, number=1)
    item = item_of(session, proposal)
    with pytest.raises(InvalidInput):
        correct(by, minutes, why="")
    correct(
        by, minutes, said={item.pk: "Se discutió la garantía."}, corrections="Empezó a las 9:10."
    )
    minutes.refresh_from_db()
    assert minutes.revisions.count() == 2
    with pytest.raises(Conflict):
        correct(by, minutes, number=1)
    with pytest.raises(Conflict):  # they read the one before
        approve_minutes(by=people[1], minutes=minutes, number=1)
    for person in people[1:]:
        approve_minutes(by=person, minutes=minutes, number=2)
    minutes.refresh_from_db()
    assert minutes.state == "draft"
    first, second = minutes.revisions.all()
    assert first.content["items"][0]["said"] == ""
    assert second.content["items"][0]["said"] == "Se discutió la garantía."


def test_only_who_was_there_approves_and_only_who_runs_it_corrects():
    _challenge, _proposals, by, session, people = closed_panel()
    for person in (by, staff(), UserFactory(roles=["committee"])):
        with pytest.raises(NotAllowed):
            approve_minutes(by=person, minutes=session.minutes, number=1)
    with pytest.raises(NotAllowed):
        correct(people[1], session.minutes)


def test_whoever_left_for_an_item_reads_no_more_of_it_in_the_minutes(client):
    _challenge, [proposal, other], by, session, people = opened(members=4)
    type(proposal).objects.filter(pk=proposal.pk).update(title="Secreto de cobalto")
    declare_interest(by=people[0], item=item_of(session, proposal), why="Asesoré a esta empresa.")
    voted(by, session, proposal, people[1:], ["for"] * 3)
    voted(by, session, other, people, ["for"] * 4, "not_selected")
    close_session(by=by, session=session)
    session.refresh_from_db()
    content = session.minutes.revisions.get().content
    assert "Secreto" in str(content)
    mine = readable(viewer=people[0], session=session, content=content)
    assert "Secreto" not in str(mine)
    assert "Secreto" in str(readable(viewer=people[1], session=session, content=content))
    assert content["items"][0]["left"][0]["name"] == str(people[0])
    client.force_login(people[0])
    address = reverse("innovation:minutes", args=[session.pk])
    assert "Secreto" not in client.get(address).content.decode()
    client.force_login(people[1])
    assert "Secreto" in client.get(address).content.decode()


def test_the_sets_that_were_kept_are_named_but_not_to_who_left_for_an_item():
    challenge, proposals, by, session, people = opened()
    for proposal in proposals:
        for _ in range(2):
            scored(proposal, [5, 4])
    discussed(challenge)
    inputs = scenario_inputs(
        viewer=by, challenges=[challenge], conditions={}, measure="quality", bar=3.0
    )
    kept = keep_scenario(by=by, challenge=challenge, inputs=inputs, note="Todo")
    declare_interest(
        by=people[0], item=item_of(session, proposals[0]), why="La empresa es de mi hermana."
    )
    content = minutes_content(session=session)
    assert content["scenarios"][0]["sha256"] == kept.inputs_sha256
    assert readable(viewer=people[1], session=session, content=content)["scenarios"]
    assert not readable(viewer=people[0], session=session, content=content)["scenarios"]


def test_the_pdf_is_the_same_every_time_in_either_language(client):
    _challenge, _proposals, _by, session, people = closed_panel()
    approved(session, people)
    client.force_login(people[0])
    address = reverse("innovation:minutes_pdf", args=[session.pk])
    made = {code: client.get(address, {"idioma": code}).content for code in ("es", "en")}
    assert made["es"].startswith(b"%PDF")
    assert made["es"] != made["en"]
    assert client.get(address, {"idioma": "es"}).content == made["es"]
