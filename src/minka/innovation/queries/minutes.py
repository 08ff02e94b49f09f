"""What the minutes of a session say, in plain values; and who may read which of it."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch

from minka.core.models import User
from minka.innovation.models import (
    AgendaItem,
    FundingScenario,
    Motion,
    PanelSeat,
    PanelSession,
    PanelVote,
)
from minka.innovation.models.panel_states import CAME, MotionState
from minka.innovation.queries.panels import closed_items, quorum_of, seats_of

Json = dict[str, Any]
FORM = 1  # of the content; a later one may hold other things


def minutes_content(*, session: PanelSession) -> Json:
    """Return all that was recorded of a session that ended, without any words of a language.

    No viewer: `readable` takes out what somebody may not read.
    """
    seats = seats_of(session)
    found = quorum_of(session, [_as_came(one) for one in seats], set())
    return {
        "form": FORM,
        "session": {
            "id": session.pk,
            "title": session.title,
            "challenges": [
                {"es": one.title_es, "en": one.title_en or one.title_es}
                for one in session.challenges.order_by("pk")
            ],
            "starts_at": _at(session.starts_at),
            "opened_at": _at(session.opened_at),
            "closed_at": _at(session.closed_at),
            "place": session.place,
            "link": session.link,
            "quorum_rule": session.quorum_rule,
            "majority_rule": session.majority_rule,
            "is_named": session.is_named,
            "present": found.present,
            "entitled": found.entitled,
            "needed": found.needed,
        },
        "seats": [_seat(one) for one in seats],
        "items": [_item(number, one, session) for number, one in enumerate(_items(session), 1)],
        "scenarios": [_scenario(one) for one in _scenarios(session)],
        "remarks": "",
        "corrections": "",
    }


def digest(content: Json) -> str:
    """Return the SHA-256 of the one way to write a content."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def readable(*, viewer: User, session: PanelSession, content: Json) -> Json:
    """Return the content as `viewer` may read it: of items they left for, only that they did."""
    items = {one.pk: one for one in session.items.select_related("proposal__challenge")}
    closed = closed_items(viewer=viewer, items=items.values())
    return {
        **content,
        "scenarios": [] if closed else content["scenarios"],
        "items": [
            {"id": one["id"], "number": one["number"], "is_closed": True}
            if one["id"] in closed
            else one
            for one in content["items"]
        ],
    }


def approvers(session: PanelSession) -> list[PanelSeat]:
    """Return who approves the minutes: whoever was there with a vote, and who kept the record."""
    return [
        one for one in seats_of(session) if one.came and (one.votes or one.office == "secretary")
    ]


def _items(session: PanelSession) -> Iterable[AgendaItem]:
    votes = PanelVote.objects.select_related("seat__person")
    motions = Motion.objects.exclude(state=MotionState.OPEN).prefetch_related(
        Prefetch("votes", votes)
    )
    return (
        session.items.select_related("proposal__lead", "proposal__challenge")
        .prefetch_related(Prefetch("motions", motions), "recusals__seat__person")
        .order_by("position", "pk")
    )


def _scenarios(session: PanelSession) -> Iterable[FundingScenario]:
    found = FundingScenario.objects.filter(challenge__in=session.challenges.all())
    return found.order_by("challenge", "number")


def _scenario(one: FundingScenario) -> Json:
    titles = {row["id"]: row["title"] for row in one.inputs["proposals"]}
    return {
        "number": one.number,
        "note": one.note,
        "chosen": [titles[pk] for pk in one.result["chosen"]],
        "cost_usd": one.result["cost_usd"],
        "sha256": one.inputs_sha256,
    }


def _as_came(seat: PanelSeat) -> PanelSeat:
    """Return the seat as present if the person was there at any time."""
    if seat.attendance in CAME and not seat.is_there:
        return PanelSeat(pk=seat.pk, session=seat.session, person=seat.person, office=seat.office,
                         votes=seat.votes, attendance="present")  # fmt: skip
    return seat


def _seat(one: PanelSeat) -> Json:
    return {
        "name": str(one.person),
        "office": one.office,
        "votes": one.votes,
        "attendance": one.attendance,
        "left_at": _at(one.left_at),
    }


def _item(number: int, one: AgendaItem, session: PanelSession) -> Json:
    told: Json = {
        "id": one.pk,
        "number": number,
        "title": str(one),
        "state": one.state,
        "said": one.said,
        "reason": one.reason,
        "left": [
            {"name": str(left.seat.person), "es": left.why_es, "en": left.why_en,
             "is_declared": left.is_declared, "came": left.seat.came}
            for left in one.recusals.all()
        ],
        "motions": [_motion(motion, named=session.is_named) for motion in one.motions.all()],
    }  # fmt: skip
    if one.proposal is not None:
        told["proposal"] = {
            "id": str(one.proposal.public_id),
            "lead": one.proposal.lead.name,
            "challenge": {
                "es": one.proposal.challenge.title_es,
                "en": one.proposal.challenge.title_en or one.proposal.challenge.title_es,
            },
            "requested_usd": None
            if one.proposal.requested_usd is None
            else str(one.proposal.requested_usd),
        }
        told["standing"] = one.standing
    return told


def _motion(one: Motion, *, named: bool) -> Json:
    return {
        "outcome": one.outcome,
        "state": one.state,
        "reason": one.reason,
        "strengths": one.strengths,
        "feedback": one.feedback,
        "in_favour": one.in_favour,
        "against": one.against,
        "abstained": one.abstained,
        "present": one.present,
        "entitled": one.entitled,
        "needed": one.needed,
        "votes": [
            {"name": str(vote.seat.person), "ballot": vote.ballot} for vote in one.votes.all()
        ]
        if named
        else [],
    }


def _at(when: Any) -> str | None:
    return when.isoformat() if when else None
