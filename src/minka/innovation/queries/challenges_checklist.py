"""What a draft still lacks before everybody may read it."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from minka.innovation.models import Challenge
from minka.innovation.queries.challenges import call_of, missing_texts, names_given_away
from minka.innovation.states import ProblemState

AT_LEAST_CRITERIA = 2
WEIGHTS_TOTAL = 100


@dataclass(frozen=True)
class Check:
    """One line of the checklist; `anchor` is the field where it is put right."""

    label: str | Promise
    is_done: bool
    detail: str = ""
    anchor: str = ""


def missing_to_publish(challenge: Challenge) -> dict[str, str]:
    """Return everything that keeps the challenge from being published: field → sentence."""
    missing = {
        field: _("Still to be written: %(text)s.") % {"text": label}
        for field, label in missing_texts(challenge).items()
    }
    for name in ("criteria", "call", "problems"):
        if wrong := _REST[name](challenge):
            missing[_ANCHORS[name]] = wrong
    for field, name in names_given_away(challenge).items():
        missing[field] = _(
            "“%(name)s” tells whose problem it is, and this challenge is anonymous."
        ) % {"name": name}
    return missing


def checklist(challenge: Challenge) -> list[Check]:
    """Return what is done and what is missing, as one reads it beside the editor."""
    absent = missing_texts(challenge)
    spanish = [str(v) for field, v in absent.items() if field.endswith("_es")]
    english = [str(v) for field, v in absent.items() if field.endswith("_en")]
    checks = [
        Check(_("Texts in Spanish"), not spanish, ", ".join(spanish), _first(absent, "_es")),
        Check(_("Texts in English"), not english, ", ".join(english), _first(absent, "_en")),
    ]
    labels = {
        "criteria": _("Criteria and weights"),
        "call": _("Dates of the call"),
        "problems": _("Problems on the shortlist"),
    }
    for name, label in labels.items():
        wrong = _REST[name](challenge)
        checks.append(Check(label, not wrong, wrong, _ANCHORS[name]))
    if not challenge.names_company:
        found = names_given_away(challenge)
        detail = ", ".join(sorted({f"“{name}”" for name in found.values()}))
        checks.append(
            Check(_("No text names the company"), not found, detail, next(iter(found), ""))
        )
    return checks


def _criteria(challenge: Challenge) -> str:
    rows = list(challenge.criteria.all())
    total = sum(row.weight for row in rows)
    if len(rows) < AT_LEAST_CRITERIA:
        return _("Write at least two criteria.")
    if any(not row.name_en for row in rows):
        return _("Write every criterion in both languages.")
    if total != WEIGHTS_TOTAL:
        return _("The weights have to sum to 100; they sum to %(total)s.") % {"total": total}
    return ""


def _call(challenge: Challenge) -> str:
    call = call_of(challenge)
    if call is None:
        return _("Set when the call opens and closes.")
    if call.closes_at <= timezone.now():
        return _("The call has to close in the future.")
    return ""


def _problems(challenge: Challenge) -> str:
    if any(problem.state != ProblemState.SHORTLISTED for problem in challenge.problems.all()):
        return _("One of its problems is no longer on the shortlist.")
    return ""


def _first(absent: dict[str, str | Promise], ending: str) -> str:
    return next((field for field in absent if field.endswith(ending)), "")


_REST = {"criteria": _criteria, "call": _call, "problems": _problems}
_ANCHORS = {"criteria": "criteria", "call": "opens_at", "problems": "problems"}
