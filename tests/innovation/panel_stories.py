"""Situations that tests of panels, letters and appeals begin with."""

from datetime import timedelta

from django.utils import timezone

from minka.innovation.actions.decisions import release_decisions
from minka.innovation.actions.minutes import approve_minutes
from minka.innovation.actions.panel_holding import (
    close_session,
    note_attendance,
    open_session,
)
from minka.innovation.actions.panel_votes import cast_vote, close_vote, put_motion
from minka.innovation.actions.panels import PanelDetails, call_panel, prepare_panel, seat_person
from minka.innovation.models import DecisionLetter
from tests.factories import UserFactory
from tests.innovation.stories import closed_challenge, decided, discussed, scored, staff

WORDS = {
    "reason": "Es la única con ensayos en altura.",
    "feedback": "Falta el plan de repuestos: preséntenlo con plazos y costos.",
}


def details(**more):
    return PanelDetails(
        **{
            "title": "Panel de marzo",
            "starts_at": timezone.now() + timedelta(days=2),
            "place": "Sala Misti",
            **more,
        }
    )


def prepared(proposals=2, members=3, **more):
    """A session being prepared: challenge, its proposals, who runs it, session, members."""
    challenge, received = closed_challenge(proposals)
    by = staff()
    session = prepare_panel(by=by, challenges=[challenge], details=details(**more))
    people = [UserFactory(roles=["committee"]) for _ in range(members)]
    for number, person in enumerate(people):
        office = "member" if number else "chair"
        seat_person(by=by, session=session, person=person, office=office, votes=True)
    return challenge, received, by, session, people


def opened(proposals=2, members=3, **more):
    """The same, in session with everybody there."""
    challenge, received, by, session, people = prepared(proposals, members, **more)
    call_panel(by=by, session=session)
    for seat in session.seats.all():
        note_attendance(by=by, seat=seat, attendance="present")
    open_session(by=by, session=session)
    session.refresh_from_db()
    return challenge, received, by, session, people


def item_of(session, proposal):
    return session.items.get(proposal=proposal)


def voted(by, session, proposal, people, ballots, outcome="selected"):  # noqa: PLR0913, PLR0917 -- a story
    """A motion put, voted on by people in turn, and closed."""
    motion = put_motion(by=by, item=item_of(session, proposal), outcome=outcome, **WORDS)
    for person, ballot in zip(people, ballots, strict=True):
        cast_vote(by=person, motion=motion, ballot=ballot)
    return close_vote(by=by, motion=motion)


def closed_panel(proposals=2):
    """A session that was held and closed: everything decided, minutes to be approved."""
    challenge, received, by, session, people = opened(proposals)
    for number, proposal in enumerate(received):
        outcome = "not_selected" if number else "selected"
        voted(by, session, proposal, people, ["for", "for", "against"], outcome)
    close_session(by=by, session=session)
    session.refresh_from_db()
    return challenge, received, by, session, people


def approved(session, people):
    for person in people:
        approve_minutes(by=person, minutes=session.minutes, number=session.minutes.number)
    session.minutes.refresh_from_db()


def released(proposals=2, *, points=((5, 4), (3, 2), (4, 4), (2, 2))):
    """A decided challenge without a panel: challenge, proposals, letters by proposal."""
    challenge, received = closed_challenge(proposals)
    for number, proposal in enumerate(received):
        for shift in (0, 1):
            scored(proposal, [max(1, p - shift) for p in points[number % len(points)]])
        decided(proposal, "not_selected" if number else "selected")
    discussed(challenge)
    release_decisions(by=staff(), challenge=challenge)
    letters = {one.proposal_id: one for one in DecisionLetter.objects.all()}
    return challenge, received, letters
