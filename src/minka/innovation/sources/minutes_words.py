"""Minutes in words of the active language: for the page and for the PDF."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from minka.core.templatetags.formats import in_zone, number
from minka.innovation.models.panel_states import (
    Attendance,
    Ballot,
    ItemState,
    MajorityChoice,
    MotionState,
    Office,
    QuorumChoice,
)
from minka.innovation.queries.minutes import Json
from minka.innovation.states import Outcome


def minutes_words(content: Json) -> dict[str, Any]:
    """Return what the page and the PDF show of a content, in sentences."""
    session = content["session"]
    return {
        "title": _("Minutes of a panel session"),
        "session": session["title"],
        "facts": _facts(session),
        "quorum": _quorum(session),
        "seats": [_seat(one, session) for one in content["seats"]],
        "items": [_item(one) for one in content["items"]],
        "scenarios": [_scenario(one) for one in content["scenarios"]],
        "remarks": content["remarks"],
        "corrections": content["corrections"],
        "words": _labels(),
    }


def _facts(session: Json) -> list[list[str]]:
    facts = [[_("Held"), _held(session)]]
    where = " · ".join(one for one in (session["place"], session["link"]) if one)
    facts.append([_("Where"), where])
    names = "; ".join(_own(one) for one in session["challenges"])
    facts.append([_("Challenges"), names])
    facts.append([_("Quorum asked for"), str(QuorumChoice(session["quorum_rule"]).label)])
    facts.append([_("Majority asked for"), str(MajorityChoice(session["majority_rule"]).label)])
    how = _("by name") if session["is_named"] else _("counted, without names")
    facts.append([_("Votes"), how])
    return facts


def _held(session: Json) -> str:
    opened, closed = _at(session["opened_at"]), session["closed_at"]
    if not closed:
        return opened
    zone = ZoneInfo(settings.TIME_ZONE)
    end = datetime.fromisoformat(closed).astimezone(zone)
    begin = datetime.fromisoformat(session["opened_at"]).astimezone(zone)
    if begin.date() == end.date():
        return _("%(begin)s, until %(end)s") % {"begin": opened, "end": f"{end:%H:%M}"}
    return _("%(begin)s, until %(end)s") % {"begin": opened, "end": _at(closed)}


def _quorum(session: Json) -> str:
    return ngettext(
        "%(present)s of %(entitled)s member with a vote took part; %(needed)s were needed: there "
        "was a quorum.",
        "%(present)s of %(entitled)s members with a vote took part; %(needed)s were needed: there "
        "was a quorum.",
        session["entitled"],
    ) % {name: session[name] for name in ("present", "entitled", "needed")}


def _seat(one: Json, session: Json) -> dict[str, str]:
    where = str(Attendance(one["attendance"]).label)
    if one["left_at"]:
        zone = ZoneInfo(settings.TIME_ZONE)
        at = datetime.fromisoformat(one["left_at"]).astimezone(zone)
        where = f"{where}, {at:%H:%M}"
    if one["attendance"] == Attendance.EXPECTED and session["closed_at"]:
        where = str(Attendance.ABSENT.label)
    return {
        "name": one["name"],
        "office": str(Office(one["office"]).label),
        "votes": _("with a vote") if one["votes"] else _("without a vote"),
        "attendance": where,
    }


def _item(one: Json) -> dict[str, Any]:
    if one.get("is_closed"):
        return {
            "id": one["id"], "number": one["number"], "is_closed": True,
            "title": _("An item that you left for"),
            "closed": _("You have an interest in it, so it is not shown to you."),
        }  # fmt: skip
    proposal = one.get("proposal")
    return {
        "id": one["id"],
        "number": one["number"],
        "is_closed": False,
        "title": one["title"],
        "facts": _proposal_facts(one, proposal) if proposal else "",
        "state": one["state"],
        "state_label": str(ItemState(one["state"]).label),
        "said": one["said"],
        "postponed": one["reason"],
        "left": [_left(left) for left in one["left"]],
        "motions": [_motion(motion) for motion in one["motions"]],
    }


def _proposal_facts(one: Json, proposal: Json) -> str:
    told = [proposal["lead"]]
    if proposal["requested_usd"]:
        told.append(f"US$ {number(proposal['requested_usd'])}")
    standing = one["standing"]
    if standing.get("quality") is not None:
        told.append(
            _("quality %(quality)s, with its interval from %(low)s to %(high)s")
            % {name: number(standing[name], 2) for name in ("quality", "low", "high")}
        )
        told.append(_("tie band %(band)s") % {"band": standing["band"]})
    return " · ".join(told)


def _left(left: Json) -> dict[str, str]:
    why = left["en"] if (get_language() or "es").startswith("en") else left["es"]
    return {"name": left["name"], "why": why}


def _motion(one: Json) -> dict[str, Any]:
    counts = [
        _("in favour %(count)s") % {"count": one["in_favour"]},
        _("against %(count)s") % {"count": one["against"]},
        _("abstained %(count)s") % {"count": one["abstained"]},
    ]
    by_ballot = [
        (str(ballot.label), [vote["name"] for vote in one["votes"] if vote["ballot"] == ballot])
        for ballot in Ballot
    ]
    return {
        "outcome": one["outcome"],
        "outcome_label": str(Outcome(one["outcome"]).label),
        "state": one["state"],
        "is_carried": one["state"] == MotionState.CARRIED,
        "state_label": str(MotionState(one["state"]).label),
        "count": ", ".join(counts) + ".",
        "quorum": _("%(present)s there of %(entitled)s who could vote; %(needed)s needed.")
        % {name: one[name] for name in ("present", "entitled", "needed")},
        "votes": [f"{label}: {', '.join(names)}" for label, names in by_ballot if names],
        "reason": one["reason"],
        "strengths": one["strengths"],
        "feedback": one["feedback"],
    }


def _scenario(one: Json) -> str:
    name = _("Set %(number)s") % {"number": one["number"]}
    if one["note"]:
        name = f"{name} ({one['note']})"
    cost = number(one["cost_usd"])
    return f"{name}: {'; '.join(one['chosen'])}. US$ {cost}. SHA-256 {one['sha256'][:16]}…"


def _labels() -> dict[str, str]:
    return {
        "attendance": _("Who was there"),
        "name": _("Name"),
        "office": _("Office"),
        "vote": _("Vote"),
        "where": _("Attendance"),
        "agenda": _("What was dealt with"),
        "left": _("Left for this item"),
        "motion": _("It was moved"),
        "reason": _("Reason"),
        "strengths": _("What convinced"),
        "feedback": _("To the solver"),
        "postponed": _("Postponed, because"),
        "scenarios": _("Sets to fund that were looked at"),
        "remarks": _("Remarks"),
        "corrections": _("Corrections"),
        "approvals": _("Approved by"),
        "to_approve": _("Not approved yet by"),
        "draft": _("Draft"),
        "fixed": _("Approved by everybody who was there, and fixed"),
        "revision": _("Revision"),
        "fingerprint": _("Fingerprint (SHA-256), in the ledger"),
    }


def _own(both: Json) -> str:
    return str(both["en"] if (get_language() or "es").startswith("en") else both["es"])


def _at(text: str) -> str:
    return in_zone(datetime.fromisoformat(text), ZoneInfo(settings.TIME_ZONE))
