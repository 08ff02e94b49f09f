"""Words that come late are merged with what a colleague saved; used by saving and handing in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from minka.innovation.actions.proposal_lines import requested_of
from minka.innovation.actions.proposal_values import one_newline
from minka.innovation.models import DraftVersion, Proposal
from minka.innovation.models.locked_words import WORDS, lock
from minka.innovation.models.proposal_parts import ANSWERS
from minka.methods.three_way import merge

KEPT = 100  # versions of a draft: hours of writing by several people


@dataclass(frozen=True)
class Merging:
    """What comes of late words: the columns that change, and what clashes, by field."""

    changed: dict[str, Any]
    clashes: list[str] = field(default_factory=list)


def merge_late(current: Proposal, given: Mapping[str, Any], *, revision: int) -> Merging:
    """No person: return what words written on `revision` change in a draft as it is now.

    Without the version that they were written on, whatever differs clashes.
    """
    given = with_other_answers(current, given)
    now = _as_it_is(current)
    if revision == current.revision:
        return Merging({name: new for name, new in given.items() if now[name] != new})
    before = _words_at(current, revision)
    changed: dict[str, Any] = {}
    clashes: list[str] = []
    for name, mine in given.items():
        found: Any
        if name == ANSWERS:
            found, late = _merge_answers(before, mine or {}, now[name] or {})
            clashes += late
        elif before is None:
            found = now[name]
            clashes += [name] if mine != found else []
        else:
            merged = merge(*_alike(before.get(name), mine, now[name]))
            found = merged.value or None if isinstance(merged.value, list) else merged.value
            clashes += [] if merged.is_clean else [name]
        if found != now[name]:
            changed[name] = found
    return Merging(changed, clashes)


def settle_budget(current: Proposal, changed: dict[str, Any]) -> None:
    """No person: what is requested is what the budget says, wherever there is one."""
    total = requested_of(changed.get("budget", current.budget))
    if total is None:
        return
    changed.pop("requested_usd", None)
    if total != current.requested_usd:
        changed["requested_usd"] = total


def with_other_answers(current: Proposal, given: Mapping[str, Any]) -> dict[str, Any]:
    """No person: return the values with the answers that were not sent as they are."""
    if ANSWERS not in given:
        return dict(given)
    whole = {**(current.answers or {}), **given[ANSWERS]}
    return {**given, ANSWERS: {key: text for key, text in whole.items() if text} or None}


def keep_version(current: Proposal, *, handed_in: bool = False) -> None:
    """No person: keep what a draft says at its revision, locked; the oldest ones go."""
    DraftVersion.objects.get_or_create(
        proposal=current,
        revision=current.revision,
        handed_in=handed_in,
        defaults={"locked": lock(_as_it_is(current), belongs_to=current.public_id)},
    )
    DraftVersion.objects.filter(
        proposal=current, handed_in=False, revision__lt=current.revision - KEPT
    ).delete()


def drop_versions(proposal: Proposal) -> None:
    """No person: leave nothing of what a draft said."""
    DraftVersion.objects.filter(proposal=proposal).delete()


def _words_at(current: Proposal, revision: int) -> dict[str, Any] | None:
    found = DraftVersion.objects.filter(
        proposal=current, revision=revision, handed_in=False
    ).first()
    if found is None:
        return None
    found.proposal = current
    return found.words()


def _as_it_is(current: Proposal) -> dict[str, Any]:
    return {name: getattr(current, name) for name in (*WORDS, "language")}


def _merge_answers(
    before: Mapping[str, Any] | None, mine: Mapping[str, str], now: Mapping[str, str]
) -> tuple[dict[str, str] | None, list[str]]:
    """Merge answer by answer, so that a clash is one of that answer alone."""
    whole: dict[str, str] = {}
    clashes: list[str] = []
    old = (before or {}).get(ANSWERS) or {}
    for key in dict.fromkeys((*now, *mine)):
        mine_here, here = mine.get(key, ""), now.get(key, "")
        if before is None:
            merged_value, is_clean = here, mine_here == here
        else:
            merged = merge(old.get(key, ""), mine_here, here)
            merged_value, is_clean = merged.value, merged.is_clean
        if merged_value:
            whole[key] = merged_value
        if not is_clean:
            clashes.append(f"answer_{key}")
    return whole or None, clashes


def _alike(*three: Any) -> tuple[Any, ...]:
    """Take a table without lines for an empty list, and end all lines of texts alike."""
    if any(isinstance(one, list) for one in three):
        return tuple(one or [] for one in three)
    return tuple(one_newline(one) if isinstance(one, str) else one for one in three)
