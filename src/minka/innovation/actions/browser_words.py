"""Words that a browser has sealed: nobody has checked them before the opening, so this does.

They are sealed as the fields of the form, name by name. What the form makes of them, the form
itself says (`read_with`): this room does not know forms.
"""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from minka.innovation.actions.proposal_lines import requested_of
from minka.innovation.actions.proposal_values import sift
from minka.innovation.models import Proposal
from minka.innovation.models.locked_words import WORDS
from minka.innovation.models.proposal_parts import ANSWERS
from minka.innovation.queries.proposals_completeness import missing_for_submission

FORMAT = "browser"
VERSION = 1
NEEDED = ("title", "requested_usd")  # without them the database takes no proposal
Fields = Mapping[str, list[str]]
Reader = Callable[[Proposal, Fields], Mapping[str, Any]]
_readers: list[Reader] = []


@dataclass(frozen=True)
class FoundWords:
    """Words as columns take them, and the names of those that submitting would have refused."""

    words: dict[str, Any]
    defects: tuple[str, ...] = ()


def read_with(reader: Reader) -> Reader:
    """No person: let this make values of the fields of a proposal."""
    _readers[:] = [reader]
    return reader


def _read(text: bytes) -> dict[str, Any]:
    """Return the JSON that a text is."""
    try:
        said = json.loads(text)
    except RecursionError as error:
        raise ValueError("too deep") from error
    if not isinstance(said, dict):
        raise ValueError("no mapping")  # noqa: TRY004 -- what is read is wrong, not its type
    return said


def words_of(
    proposal: Proposal, text: bytes, *, names: Collection[str] = frozenset(WORDS)
) -> FoundWords:
    """No person: return the words of fields that a browser has sealed, those of `names` alone.

    With envelopes a text holds some of them. Whatever else it says is left where it is, so that a
    price among technical words opens nothing early, and named among the defects.

    Raises:
        ValueError: it is no such text, of a version that is not known, or of another proposal; or
            title or amount are missing, or make no sense.
    """
    said = _read(text)
    if said.get(FORMAT) != VERSION or said.get("proposal") != str(proposal.public_id):
        raise ValueError("of another version or proposal")
    values = _readers[0](proposal, _fields(said.get("fields")))
    good, bad = sift(values, proposal.challenge.parts)
    if (total := requested_of(good.get("budget"))) is not None:
        good["requested_usd"] = total
    if any(good.get(name) in (None, "") for name in NEEDED if name in names):
        raise ValueError("no title or no amount")
    words = {name: good.get(name, _empty(name)) for name in WORDS if name in names}
    if "title" in names:
        words["language"] = good.get("language") or proposal.language
    as_if = Proposal(challenge=proposal.challenge, **words)
    missing = {name for name in missing_for_submission(as_if) if _column_of(name) in names}
    misplaced = {name for name in WORDS if name not in names and good.get(name)}
    return FoundWords(words, tuple(sorted({*bad, *missing, *misplaced})))


def _column_of(field: str) -> str:
    """Return the column that a field of the form is kept in."""
    return ANSWERS if field.startswith("answer_") else field.partition("-")[0]


def _empty(name: str) -> Any:
    return Proposal._meta.get_field(name).get_default()  # type: ignore[union-attr]  # names are those of columns


def _fields(given: object) -> Fields:
    """Return fields when they are what a form sends: lists of texts by name."""
    if not isinstance(given, dict) or not all(map(_is_field, given.values())):
        raise ValueError("no fields")
    return given


def _is_field(values: object) -> bool:
    return isinstance(values, list) and all(isinstance(one, str) for one in values)
