"""What a letter says, written once in the solver's language; and who may read it."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minka.core.models import User
from minka.core.templatetags.formats import in_zone, localized_text, number
from minka.innovation.models import Decision, DecisionLetter
from minka.innovation.queries.positions import Position
from minka.innovation.queries.proposals import own_proposals
from minka.innovation.queries.ranking import CriterionMean
from minka.innovation.queries.suggestions import Suggestion, Suggestions
from minka.innovation.states import ChallengeState, Outcome

Json = dict[str, Any]
FORM = 1
CONVINCED = 4.0  # points of a criterion's mean from which it is named as a strength
STRONGEST = 2


def visible_letters(*, viewer: User) -> QuerySet[DecisionLetter]:
    """Return the letters of the viewer's own organisations, once everything is released."""
    return DecisionLetter.objects.filter(
        proposal__in=own_proposals(viewer=viewer).values("pk"),
        proposal__challenge__state=ChallengeState.DECIDED,
    ).select_related("proposal__lead", "proposal__challenge__edition", "file")


def letter_content(  # noqa: PLR0913 -- a letter is its parts
    *,
    decision: Decision,
    means: list[CriterionMean],
    position: Position | None,
    suggestions: Suggestions,
    at: datetime,
    until: datetime,
    version: int,
) -> Json:
    """Return a whole letter in the active language, words and all; nothing of other solvers.

    No viewer: it is written when the decision is told.
    """
    proposal = decision.proposal
    count = position.evaluations if position else 0
    return {
        "form": FORM,
        "version": version,
        "title": _("Decision on your proposal"),
        "to": proposal.lead.name,
        "challenge": localized_text(proposal.challenge, "title")[0],
        "proposal": proposal.title,
        "number": str(proposal.public_id),
        "date": _day(at),
        "outcome": decision.outcome,
        "outcome_label": str(Outcome(decision.outcome).label),
        "opening": _opening(decision, version),
        "evaluations": _evaluations(count),
        "scores": [
            {"name": localized_text(one.criterion, "name")[0], "mean": number(one.mean, 1),
             "share": round((one.mean - 1) / 4, 4)}
            for one in means
            if one.mean is not None
        ],
        "position": _position(position),
        "strengths": decision.strengths or _strengths(means),
        "advice": decision.feedback,
        "steps": _steps(until),
        "until": until.isoformat(),
        "challenges": [_told(one) for one in suggestions.challenges],
        "partners": [_told(one) for one in suggestions.partners],
        "funders": [_told(one) for one in suggestions.funders],
        "words": _words(),
    }  # fmt: skip


def _opening(decision: Decision, version: int) -> str:
    proposal = decision.proposal
    said = {"title": proposal.title, "challenge": localized_text(proposal.challenge, "title")[0]}
    if version > 1:
        begin = _(
            "After your appeal, the decision on “%(title)s”, your answer to the challenge "
            "“%(challenge)s”, was taken again. This letter takes the place of the one before."
        )
    else:
        begin = _(
            "Thank you for “%(title)s”, your answer to the challenge “%(challenge)s”. All "
            "proposals were decided together, and every solver is told on the same day."
        )
    result = {
        Outcome.SELECTED: _("Your proposal was selected. The team will write to you to agree the "
                            "next steps."),
        Outcome.RESERVE: _("Your proposal is on the reserve list: it is taken up if a selected one "
                           "does not go on."),
        Outcome.NOT_SELECTED: _("Your proposal was not selected this time."),
    }[Outcome(decision.outcome)]  # fmt: skip
    return f"{begin % said} {result}"


def _evaluations(count: int) -> str:
    if not count:
        return _("No evaluation was handed in on this proposal.")
    return ngettext(
        "%(count)s evaluator scored it by each criterion, from 1 to 5 points.",
        "%(count)s evaluators scored it by each criterion, from 1 to 5 points: the means.",
        count,
    ) % {"count": count}


def _position(found: Position | None) -> str:
    if found is None:
        return _("It was not scored, so it has no position.")
    if found.groups == 1:
        return _(
            "The evaluated proposals are so few, or so near to each other, that no position is "
            "told."
        )
    return _(
        "Group %(group)s of %(groups)s, from the best: %(size)s of the %(count)s evaluated "
        "proposals are in it. Proposals that the evaluations do not tell apart are in one group; "
        "exact places are told to nobody."
    ) % {
        "group": found.group,
        "groups": found.groups,
        "size": found.group_size,
        "count": found.count,
    }


def _strengths(means: list[CriterionMean]) -> str:
    """Name the criteria that convinced most, where nobody wrote it in words."""
    scored = sorted(
        (one for one in means if one.mean is not None and one.mean >= CONVINCED),
        key=lambda one: -(one.mean or 0.0),
    )[:STRONGEST]
    names = [
        f"{localized_text(one.criterion, 'name')[0]} ({number(one.mean, 1)})" for one in scored
    ]
    if not names:
        return ""
    return _("What the evaluators valued most: %(names)s.") % {"names": ", ".join(names)}


def _steps(until: datetime) -> list[str]:
    said = {"until": in_zone(until, ZoneInfo(settings.TIME_ZONE))}
    return [
        _("Ask for a clarification if something in this letter is not clear."),
        _("Appeal if you think that a rule of the challenge was not kept, or that something you "
          "handed in was overlooked. To disagree with the points is not enough by itself."),
        _("Both until %(until)s, on the page of this letter. What comes later is not received.")
        % said,
        _("It is answered, with reasons, by people who neither evaluated nor decided in this "
          "challenge. To ask costs nothing and has no bearing on later calls."),
    ]  # fmt: skip


def _words() -> dict[str, str]:
    return {
        "to": _("Addressed to"),
        "challenge": _("Challenge"),
        "proposal": _("Proposal"),
        "date": _("Date"),
        "outcome": _("Decision"),
        "scores": _("Points by criterion"),
        "position": _("Position"),
        "strengths": _("What convinced"),
        "advice": _("What we advise"),
        "steps": _("If you do not agree, or want to know more"),
        "next": _("What you could do next"),
        "challenges": _("Open challenges that fit what you do"),
        "partners": _("Organisations of the map near to this theme"),
        "funders": _("Bodies that fund or support, by theme"),
        "funders_note": _("They are on the map for their themes. Whether they have a call open now "
                          "is for them to say."),
        "page": _("Page of this letter"),
        "fingerprint": _("Fingerprint of this letter (SHA-256)"),
        "scale": _("from 1 to 5"),
    }  # fmt: skip


def _told(one: Suggestion) -> Json:
    return {"name": one.name, "why": one.why, "path": one.path}


def _day(at: datetime) -> str:
    return in_zone(at, ZoneInfo(settings.TIME_ZONE)).split(",")[0]
