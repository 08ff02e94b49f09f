"""What may be saved in the draft of a proposal, value by value."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minka.innovation.actions.proposal_lines import clean_lines
from minka.innovation.models import Proposal
from minka.innovation.models.locked_words import TEXTS
from minka.innovation.models.proposal_parts import ANSWERS, TABLES, ProposalPart
from minka.innovation.states import Trl

LONGEST_TEXT = 60_000  # characters; far above what the word limits allow
LONGEST_DURATION_MONTHS = 120
FIGURES = frozenset({"requested_usd", "duration_months", "trl_now", "trl_after"})
EDITABLE = FIGURES | {*TEXTS, "language"}
OUT_OF_RANGE = {
    "requested_usd": gettext_lazy("The amount has to be above zero."),
    "duration_months": gettext_lazy("Between 1 and 120 months."),
    "trl_now": gettext_lazy("Readiness levels go from 1 to 9."),
    "trl_after": gettext_lazy("Readiness levels go from 1 to 9."),
}


def sift(
    values: Mapping[str, Any], parts: tuple[ProposalPart, ...] = ()
) -> tuple[dict[str, Any], dict[str, str]]:
    """No person: part the values that can be saved from those that cannot, with the reason.

    Args:
        values: what was written, by columns; lines as mappings, answers by their keys.
        parts: what the challenge asks for: answers to anything else are left out.
    """
    good: dict[str, Any] = {}
    bad: dict[str, str] = {}
    for name in EDITABLE & values.keys():
        value = values[name]
        if name not in FIGURES:
            value = one_newline(value)
        if reason := _fault(name, value):
            bad[name] = reason
        else:
            good[name] = value
    for table in TABLES:
        if table in values:
            lines, wrong = clean_lines(table, values[table] or ())
            bad |= wrong
            if not wrong:
                good[table] = lines
    if ANSWERS in values:
        good[ANSWERS], wrong = _answers(values[ANSWERS] or {}, parts)
        bad |= wrong
    return good, bad


def one_newline(value: Any) -> str:
    """No person: return a text with its lines ended in one way; browsers end them in another."""
    return str(value or "").replace("\r\n", "\n")


def _answers(
    given: Mapping[str, Any], parts: tuple[ProposalPart, ...]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the answers to parts that are asked for, by their keys."""
    good: dict[str, str] = {}
    bad: dict[str, str] = {}
    for part in parts:
        if part.key not in given or part.is_table:
            continue
        text = one_newline(given[part.key])
        if len(text) > LONGEST_TEXT:
            bad[f"answer_{part.key}"] = _too_long()
        else:
            good[part.key] = text
    return good, bad


def _fault(name: str, value: Any) -> str:
    """Return why the value cannot be kept; empty when it can."""
    if value is None:
        return ""
    if name in FIGURES and not _in_range(name, value):
        return str(OUT_OF_RANGE[name])
    if name == "language" and value not in dict(settings.LANGUAGES):
        return _("Choose one of the languages offered.")
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return _too_long()
    try:
        field: Any = Proposal._meta.get_field(name)
        field.run_validators(value)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _too_long() -> str:
    return _("This text is too long to be kept: at most %(most)s characters.") % {
        "most": LONGEST_TEXT
    }


def _in_range(name: str, value: Any) -> bool:
    if name == "requested_usd":
        return bool(value > 0)
    if name == "duration_months":
        return bool(1 <= value <= LONGEST_DURATION_MONTHS)
    return bool(value in Trl.values)
