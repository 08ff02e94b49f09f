"""What a draft still lacks before everybody may read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minka.core.components import Text
from minka.innovation.models import Call, Challenge
from minka.innovation.queries.challenge_approvals import seats_of
from minka.innovation.queries.challenge_parts import CRITERION_TEXTS, DATES, NEEDED_DATES
from minka.innovation.queries.challenges import call_of, missing_texts, shown_texts
from minka.innovation.queries.openings import missing_of_sealing
from minka.innovation.queries.problem_names import names_told, owner_told
from minka.innovation.states import Gate, ProblemState

AT_LEAST_CRITERIA = 2
WEIGHTS_TOTAL = 100
NEEDED_OF_CRITERION = ("name", "low", "high")


@dataclass(frozen=True)
class Check:
    """One line of the checklist; `anchor` is the field where it is put right."""

    label: Text
    is_done: bool
    detail: str = ""
    anchor: str = ""


def missing_of_content(challenge: Challenge) -> dict[str, str]:
    """Return everything that its words and dates still lack: field → sentence."""
    missing = {
        field: _("Still to be written: %(text)s.") % {"text": label}
        for field, label in missing_texts(challenge).items()
    }
    for name, check in _REST.items():
        if wrong := check(challenge):
            missing[_ANCHORS[name]] = wrong
    return missing | owner_told(challenge, shown_texts(challenge))


def missing_to_publish(challenge: Challenge) -> dict[str, str]:
    """Return everything that keeps the challenge from being published, approvals included."""
    missing = missing_of_content(challenge)
    if wrong := missing_approvals(challenge):
        missing["approvals"] = wrong
    if wrong := missing_of_sealing(challenge, call_of(challenge)):
        missing["sealing"] = wrong
    return missing


def missing_approvals(challenge: Challenge) -> str:
    """Return whose approval is missing, empty when all have approved the draft as it is."""
    waiting = [
        f"{seat.label} ({seat.company.name})" if seat.company else str(seat.label)
        for seat in seats_of(challenge)
        if not seat.approves
    ]
    if not waiting:
        return ""
    return _("Not approved yet: %(seats)s.") % {"seats": ", ".join(waiting)}


def checklist(challenge: Challenge) -> list[Check]:
    """Return what is done and what is missing, as one reads it beside the editor."""
    absent = missing_texts(challenge)
    checks = [
        _language(_("Everything in Spanish"), "es", challenge, absent),
        _language(_("Everything in English"), "en", challenge, absent),
    ]
    labels = {
        "criteria": _("Criteria, scales and weights"),
        "call": _("Dates of the call"),
        "problems": _("Problems on the shortlist"),
    }
    for name, label in labels.items():
        wrong = _REST[name](challenge)
        checks.append(Check(label, not wrong, wrong, _ANCHORS[name]))
    if not challenge.names_company:
        found = names_told(challenge, shown_texts(challenge))
        detail = ", ".join(sorted({f"“{name}”" for name in found.values()}))
        checks.append(
            Check(_("No text names the company"), not found, detail, next(iter(found), ""))
        )
    waiting = missing_approvals(challenge)
    checks.append(Check(_("Approvals"), not waiting, waiting, "approvals"))
    unsealed = missing_of_sealing(challenge, call_of(challenge))
    checks.append(Check(_("Sealing of the proposals"), not unsealed, unsealed, "sealing"))
    return checks


def _language(label: str, language: str, challenge: Challenge, absent: Mapping[str, Text]) -> Check:
    """Return whether all texts, criteria and documents are there in one language."""
    texts = {field: str(name) for field, name in absent.items() if field.endswith(f"_{language}")}
    missing = list(texts.values())
    bare = [
        one
        for one in challenge.criteria.all()
        if not all(getattr(one, f"{name}_{language}") for name in NEEDED_OF_CRITERION)
    ]
    if bare:
        missing.append(
            ngettext("%(count)s criterion", "%(count)s criteria", len(bare)) % {"count": len(bare)}
        )
    documents = [one for one in challenge.documents.all() if one.removed_at is None]
    untitled = [one for one in documents if not getattr(one, f"title_{language}")]
    if untitled:
        missing.append(_("titles of documents"))
    anchor = next(iter(texts), "criteria" if bare else "documents")
    return Check(label, not missing, ", ".join(missing), anchor)


def _criteria(challenge: Challenge) -> str:
    rows = list(challenge.criteria.all())
    total = sum(row.weight for row in rows)
    if len(rows) < AT_LEAST_CRITERIA:
        return _("Write at least two criteria.")
    if any(not row.name_en for row in rows):
        return _("Write every criterion in both languages.")
    if total != WEIGHTS_TOTAL:
        return _("The weights have to sum to 100; they sum to %(total)s.") % {"total": total}
    gates = {row.gate for row in rows}
    if gates != {""} and gates != set(Gate.values):
        return _("Either no criterion has a gate, or all have one and each gate has criteria.")
    anchors = [
        getattr(row, f"{name}_{language}")
        for row in rows
        for name in ("low", "high")
        for language in ("es", "en")
    ]
    if not all(anchors):
        return _("Say of every criterion what 1 and what 5 mean, in both languages.")
    half = [
        row
        for row in rows
        for name in CRITERION_TEXTS
        if bool(getattr(row, f"{name}_es")) != bool(getattr(row, f"{name}_en"))
    ]
    return _("Write every criterion in both languages.") if half else ""


def _documents(challenge: Challenge) -> str:
    documents = [one for one in challenge.documents.all() if one.removed_at is None]
    if all(one.title_es and one.title_en for one in documents):
        return ""
    return _("Write the titles of the documents in both languages.")


def _call(challenge: Challenge) -> str:
    call = call_of(challenge)
    if call is None:
        return _("Set when the call opens and closes.")
    if call.closes_at <= timezone.now():
        return _("The call has to close in the future.")
    absent = [str(DATES[name]) for name in NEEDED_DATES if getattr(call, name) is None]
    if absent:
        return _("Still to be set: %(dates)s.") % {"dates": ", ".join(absent)}
    return wrong_order(call)


def wrong_order(call: Call) -> str:
    """Return what is wrong with the order of the dates of a call, empty when nothing is."""
    questions, evaluation = call.questions_until, call.evaluation_until
    if questions and not call.opens_at < questions < call.closes_at:
        return _("Questions end after the call opens and before it closes.")
    closes_on = timezone.localtime(call.closes_at, timezone.get_default_timezone()).date()
    days = [
        closes_on,
        *(one for one in (evaluation, call.decision_on, call.pilot_from) if one is not None),
    ]
    if any(later < earlier for earlier, later in pairwise(days)):
        return _("Evaluation, decision and pilot follow one after the other, after the closing.")
    return ""


def deadline_after_change(call: Call, days: int) -> timedelta:
    """Return by how many whole days the closing moves so that at least `days` remain."""
    remaining = call.closes_at - timezone.now()
    lacking = timedelta(days=days) - remaining
    if lacking <= timedelta(0):
        return timedelta(0)
    return timedelta(days=-(-lacking // timedelta(days=1)))


def _problems(challenge: Challenge) -> str:
    if any(problem.state != ProblemState.SHORTLISTED for problem in challenge.problems.all()):
        return _("One of its problems is no longer on the shortlist.")
    return ""


_REST = {
    "criteria": _criteria,
    "documents": _documents,
    "call": _call,
    "problems": _problems,
}
_ANCHORS = {
    "criteria": "criteria",
    "documents": "documents",
    "call": "opens_at",
    "problems": "problems",
}
