"""A panel decides with a quorum, without those who have an interest, and by votes that count once."""

import pytest
from django.urls import reverse

from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry, Notice
from minka.innovation.actions.decisions import release_decisions, save_decision
from minka.innovation.actions.panel_holding import (
    close_session,
    declare_interest,
    note_attendance,
    open_session,
    postpone_item,
    resolve_item,
)
from minka.innovation.actions.panel_votes import cast_vote, close_vote, put_motion
from minka.innovation.actions.panels import (
    add_item,
    call_panel,
    cancel_panel,
    prepare_panel,
    seat_person,
)
from minka.innovation.models import Decision, Interest, PanelVote
from minka.innovation.queries.panels import agenda_for, visible_panels
from minka.innovation.queries.proposals import visible_proposals
from minka.methods.assembly import Tally
from tests.factories import UserFactory
from tests.innovation.panel_stories import (
    WORDS,
    approved,
    closed_panel,
    details,
    item_of,
    opened,
    prepared,
    voted,
)
from tests.innovation.stories import closed_challenge, discussed, member_of, scored, staff

pytestmark = pytest.mark.django_db
SECRET = "Aleación secreta de cobalto"


def test_the_agenda_has_every_proposal_the_best_band_first():
    challenge, proposals = closed_challenge(3)
    for proposal, points in zip(proposals, ([2, 2], [5, 5], [4, 4]), strict=True):
        for _ in range(3):
            scored(proposal, points)
    discussed(challenge)
    session = prepare_panel(by=staff(), challenges=[challenge], details=details())
    assert [one.proposal for one in session.items.all()] == [
        proposals[1], proposals[2], proposals[0],
    ]  # fmt: skip
    assert session.items.first().standing["order"] == 1


def test_who_runs_it_with_a_conflict_does_not_make_the_agenda_shorter():
    challenge, [one, two] = closed_challenge(2)
    by = staff()
    Interest.objects.create(
        person=by, actor=one.lead, reason="Mi hermano trabaja ahí.", stated_by=by
    )
    session = prepare_panel(by=by, challenges=[challenge], details=details())
    assert session.items.count() == 2
    views = {view.item.proposal_id: view for view in agenda_for(viewer=by, session=session)}
    assert views[one.pk].is_closed
    assert not views[two.pk].is_closed


def test_only_the_impartial_team_prepares_and_only_what_has_closed():
    challenge, [proposal] = closed_challenge(1)
    for person in (UserFactory(roles=["committee"]), member_of(proposal.lead, user__is_staff=True)):
        with pytest.raises(NotAllowed):
            prepare_panel(by=person, challenges=[challenge], details=details())
    with pytest.raises(InvalidInput):
        prepare_panel(by=staff(), challenges=[challenge], details=details(place=""))
    prepare_panel(by=staff(), challenges=[challenge], details=details())
    with pytest.raises(WrongState):
        prepare_panel(by=staff(), challenges=[challenge], details=details())


def test_a_rival_gets_no_seat():
    _challenge, [proposal, _other], by, session, _people = prepared()
    with pytest.raises(NotAllowed):
        seat_person(by=by, session=session, person=proposal.author, office="member", votes=True)


def test_members_are_called_and_told_nothing_of_what_is_dealt_with():
    _challenge, proposals, by, session, people = prepared()
    type(proposals[0]).objects.filter(pk=proposals[0].pk).update(title=SECRET)
    assert not visible_panels(viewer=people[0]).exists()
    call_panel(by=by, session=session)
    with pytest.raises(WrongState):
        call_panel(by=by, session=session)
    notices = Notice.objects.filter(kind="innovation.panel_called")
    assert {one.recipient_id for one in notices} == {one.pk for one in people}
    assert all(SECRET not in one.subject + one.body for one in notices)
    assert visible_panels(viewer=people[0]).exists()


def test_a_session_opens_with_a_quorum_only():
    _challenge, _proposals, by, session, people = prepared(members=3)
    call_panel(by=by, session=session)
    seats = list(session.seats.all())
    note_attendance(by=by, seat=seats[0], attendance="remote")
    with pytest.raises(WrongState):
        open_session(by=by, session=session)
    note_attendance(by=by, seat=seats[1], attendance="present")
    open_session(by=by, session=session)
    assert people[0].pk in LedgerEntry.objects.get(verb="innovation.panel_open").details["present"]


def test_a_carried_motion_writes_the_decision_in_its_words():
    _challenge, [proposal, _other], by, session, people = opened()
    motion = voted(by, session, proposal, people, ["for", "for", "abstain"])
    decision = Decision.objects.get(proposal=proposal)
    assert (motion.state, decision.outcome, decision.reason) == (
        "carried", "selected", WORDS["reason"],
    )  # fmt: skip
    with pytest.raises(WrongState):  # what a panel decided, nobody changes by hand
        save_decision(by=staff(), proposal=proposal, revision=1, outcome="reserve", **WORDS)


@pytest.mark.parametrize(
    ("ballots", "became"),
    [(["for", "against", "abstain"], "tied"), (["against", "against", "for"], "lost")],
)
def test_what_is_not_carried_decides_nothing_and_can_be_moved_otherwise(ballots, became):
    _challenge, [proposal, _other], by, session, people = opened()
    assert voted(by, session, proposal, people, ballots).state == became
    assert not Decision.objects.exists()
    again = voted(by, session, proposal, people, ["for", "for", "for"], "reserve")
    assert again.state == "carried"


def test_a_vote_counts_once_and_is_not_changed():
    _challenge, [proposal, _other], by, session, people = opened()
    motion = put_motion(by=by, item=item_of(session, proposal), outcome="selected", **WORDS)
    for _click in range(2):
        cast_vote(by=people[0], motion=motion, ballot="for")
    with pytest.raises(WrongState):
        cast_vote(by=people[0], motion=motion, ballot="against")
    assert PanelVote.objects.count() == 1
    with pytest.raises(WrongState):  # a second motion on the same item
        put_motion(by=by, item=item_of(session, proposal), outcome="reserve", **WORDS)
    close_vote(by=by, motion=motion)
    with pytest.raises(WrongState):
        close_vote(by=by, motion=motion)
    with pytest.raises(WrongState):
        cast_vote(by=people[1], motion=motion, ballot="for")


def test_who_is_absent_a_guest_or_a_stranger_does_not_vote():
    _challenge, [proposal, _other], by, session, people = prepared(members=4)
    guest = UserFactory(roles=["committee"])
    seat_person(by=by, session=session, person=guest, office="guest", votes=True)
    call_panel(by=by, session=session)
    for seat in session.seats.exclude(person=people[3]):
        note_attendance(by=by, seat=seat, attendance="present")
    open_session(by=by, session=session)
    motion = put_motion(by=by, item=item_of(session, proposal), outcome="selected", **WORDS)
    for person in (people[3], guest, UserFactory(), by):
        with pytest.raises(NotAllowed):
            cast_vote(by=person, motion=motion, ballot="for")


def test_whoever_has_an_interest_leaves_and_counts_for_nothing(client):
    _challenge, [proposal, other], by, session, people = opened(members=4)
    type(proposal).objects.filter(pk=proposal.pk).update(title=SECRET)
    item = item_of(session, proposal)
    assert SECRET in page(client, people[0], session)
    with pytest.raises(InvalidInput):
        declare_interest(by=people[0], item=item, why="sí")
    declare_interest(by=people[0], item=item, why="Asesoré a esta empresa el año pasado.")
    assert SECRET not in page(client, people[0], session)
    assert SECRET in page(client, people[1], session)
    assert proposal not in visible_proposals(viewer=people[0])
    assert other in visible_proposals(viewer=people[0])
    motion = put_motion(by=by, item=item, outcome="selected", **WORDS)
    with pytest.raises(NotAllowed):
        cast_vote(by=people[0], motion=motion, ballot="against")
    for person in people[1:]:
        cast_vote(by=person, motion=motion, ballot="for")
    motion = close_vote(by=by, motion=motion)
    assert (motion.present, motion.entitled, motion.needed) == (3, 3, 2)
    for name, more in (("panel_interest", item.pk), ("panel_motion", item.pk)):
        client.force_login(people[0])
        answer = client.post(
            reverse(f"innovation:{name}", args=[session.pk, more]), {"why": "x" * 30}
        )
        assert answer.status_code == 403
        assert SECRET not in answer.content.decode()


def test_a_conflict_found_while_voting_strikes_the_vote():
    _challenge, [proposal, _other], by, session, people = opened()
    motion = put_motion(by=by, item=item_of(session, proposal), outcome="selected", **WORDS)
    cast_vote(by=people[0], motion=motion, ballot="for")
    cast_vote(by=people[1], motion=motion, ballot="against")
    Interest.objects.create(person=people[0], actor=proposal.lead, reason="Es socio.", stated_by=by)
    motion = close_vote(by=by, motion=motion)
    assert (motion.in_favour, motion.against, motion.state) == (0, 1, "lost")


def test_without_a_quorum_for_one_proposal_nothing_is_moved_on_it():
    _challenge, [proposal, other], by, session, people = prepared(members=3)
    call_panel(by=by, session=session)
    for seat in session.seats.exclude(person=people[2]):
        note_attendance(by=by, seat=seat, attendance="present")
    open_session(by=by, session=session)
    declare_interest(by=people[0], item=item_of(session, proposal), why="Fui su asesora técnica.")
    with pytest.raises(WrongState):  # one of two who may vote is there; two are needed
        put_motion(by=by, item=item_of(session, proposal), outcome="selected", **WORDS)
    put_motion(by=by, item=item_of(session, other), outcome="selected", **WORDS)


def test_votes_counted_by_hand_keep_no_names():
    _challenge, [proposal, _other], by, session, people = opened(is_named=False)
    motion = put_motion(by=by, item=item_of(session, proposal), outcome="selected", **WORDS)
    with pytest.raises(WrongState):
        cast_vote(by=people[0], motion=motion, ballot="for")
    with pytest.raises(InvalidInput):
        close_vote(by=by, motion=motion, counted=Tally(3, 1, 0))  # three people are there
    motion = close_vote(by=by, motion=motion, counted=Tally(2, 1, 0))
    assert (motion.state, PanelVote.objects.count()) == ("carried", 0)


def test_it_ends_with_everything_resolved_or_postponed_with_a_reason():
    _challenge, [one, two], by, session, people = opened()
    free = add_item(by=by, session=session, title="Reglas del piloto")
    voted(by, session, one, people, ["for", "for", "for"])
    with pytest.raises(WrongState):
        close_session(by=by, session=session)
    with pytest.raises(InvalidInput):
        postpone_item(by=by, item=item_of(session, two), reason="luego")
    postpone_item(by=by, item=item_of(session, two), reason="Falta el informe de seguridad.")
    with pytest.raises(WrongState):  # a proposal is not resolved in free words
        resolve_item(by=by, item=item_of(session, two), said="Se resolvió así nomás.")
    resolve_item(by=by, item=free, said="Se acordó un piloto de seis meses.")
    close_session(by=by, session=session)
    session.refresh_from_db()
    assert session.minutes.number == 1


def test_release_waits_for_the_minutes():
    challenge, _proposals, by, session, people = closed_panel()
    with pytest.raises(WrongState):
        release_decisions(by=by, challenge=challenge)
    approved(session, people)
    release_decisions(by=by, challenge=challenge)
    challenge.refresh_from_db()
    assert challenge.state == "decided"


def test_a_session_that_was_called_and_not_held_keeps_the_release_until_it_is_cancelled():
    challenge, [proposal], by, session, _people = prepared(1)
    save_decision(by=by, proposal=proposal, revision=0, outcome="selected", **WORDS)
    call_panel(by=by, session=session)
    with pytest.raises(WrongState):
        release_decisions(by=by, challenge=challenge)
    cancel_panel(by=by, session=session)
    release_decisions(by=by, challenge=challenge)


def test_the_ledger_never_says_how_it_went_before_the_release():
    closed_panel()
    entries = LedgerEntry.objects.filter(verb__startswith="innovation.")
    told = " ".join(entry.data for entry in entries)
    assert all(word not in told for word in ("selected", "against", WORDS["reason"]))


def test_strangers_rivals_and_other_members_open_no_session(client):
    _challenge, [proposal, _other], _by, session, _people = opened()
    for person in (
        UserFactory(roles=["committee"]),
        UserFactory(roles=["auditor"]),
        proposal.author,
        member_of(proposal.lead, user__is_staff=True),
    ):
        client.force_login(person)
        for name in ("panel", "minutes", "minutes_pdf"):
            address = reverse(f"innovation:{name}", args=[session.pk])
            assert client.get(address).status_code == 404
        address = reverse("innovation:panel_act", args=[session.pk, "cerrar"])
        assert client.post(address).status_code == 404


def test_a_member_does_not_run_the_session(client):
    _challenge, [proposal, _other], _by, session, people = opened()
    client.force_login(people[0])
    for act in ("cerrar", "cancelar"):
        assert (
            client.post(reverse("innovation:panel_act", args=[session.pk, act])).status_code == 403
        )
    item = item_of(session, proposal)
    with pytest.raises(NotAllowed):
        put_motion(by=people[0], item=item, outcome="selected", **WORDS)
    with pytest.raises(NotAllowed):
        postpone_item(by=people[0], item=item, reason="Falta el informe de seguridad.")


def test_a_whole_session_by_its_pages(client):
    challenge, [one, two] = closed_challenge(2)
    by, chair = staff(), UserFactory(roles=["committee"])
    client.force_login(by)
    form = {
        "challenges": [challenge.pk], "title": "Panel", "starts_at": "2026-12-01T09:00",
        "place": "Sala", "quorum_rule": "more_than_half", "majority_rule": "simple",
        "is_named": "on",
    }  # fmt: skip
    made = client.post(reverse("innovation:panel_new"), form)
    assert made.status_code == 302
    base = made["Location"]
    pk = int(base.rstrip("/").rsplit("/", 1)[-1])
    seat = {"person": chair.pk, "office": "chair", "votes": "on"}
    assert client.post(f"{base}puestos/", seat).status_code == 302
    client.post(f"{base}convocar/")
    assert client.post(f"{base}abrir/").status_code == 409
    session = visible_panels(viewer=by).get(pk=pk)
    client.post(f"{base}puestos/{session.seats.get().pk}/asistencia/", {"attendance": "present"})
    assert client.post(f"{base}abrir/").status_code == 302
    item = item_of(session, one)
    refused = client.post(
        f"{base}temas/{item.pk}/mocion/", {"outcome": "selected", "reason": "corto"}
    )
    assert refused.status_code == 422
    assert "corto" in refused.content.decode()
    client.post(f"{base}temas/{item.pk}/mocion/", {"outcome": "selected", **WORDS})
    motion = item.motions.get()
    client.force_login(chair)
    assert client.post(f"{base}mociones/{motion.pk}/votar/", {"ballot": "for"}).status_code == 302
    client.force_login(by)
    assert client.post(f"{base}mociones/{motion.pk}/cerrar/").status_code == 302
    other = item_of(session, two)
    client.post(f"{base}temas/{other.pk}/postergar/", {"reason": "Falta un informe de planta."})
    assert client.post(f"{base}cerrar/").status_code == 302
    assert client.get(f"{base}acta/").status_code == 200
    assert client.get(reverse("innovation:panels")).status_code == 200


def page(client, person, session):
    client.force_login(person)
    return client.get(reverse("innovation:panel", args=[session.pk])).content.decode()
