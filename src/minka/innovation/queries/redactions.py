"""What a proposal says part by part, what in it gives its authors away, and the redacted copy."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from minka.core.components import Text
from minka.core.models import User
from minka.innovation.models import Attachment, Challenge, Proposal, RedactedCopy, RedactedFile
from minka.innovation.models.proposal_parts import COLUMNS, AnsweredPart
from minka.innovation.queries.conflicts import partners_of
from minka.innovation.queries.evaluation_modes import mode_of
from minka.innovation.queries.evaluations import own_assignments
from minka.innovation.queries.proposals import submitted_to
from minka.innovation.states import AssignmentState, BlindMode
from minka.knowledge.models import Actor, ActorName, Membership
from minka.methods.redaction import distinctive_words, pieces

MAY_READ = (AssignmentState.CLEARED, AssignmentState.SCORED)
PARTS: dict[str, Text] = {"title": gettext_lazy("Title"), "summary": gettext_lazy("Summary")}
NAMING = {"people": ("name",), "references": ("contact", "link")}  # columns that name somebody


@dataclass(frozen=True)
class Part:
    """One text of a proposal: how it was written, with what was found in it, and redacted.

    Args:
        key: under which the copy keeps it.
        marked: what was written, in pieces, each with whether it may give somebody away.
        words: as evaluators would read it.
        left: what is still found in `words`.
    """

    key: str
    label: Text
    marked: list[tuple[str, bool]]
    words: str
    left: list[str]


@dataclass(frozen=True)
class RedactionDesk:
    """All that the team works on: the parts, the files, what is saved and confirmed."""

    parts: list[Part]
    files: list[tuple[Attachment, RedactedFile | None]]
    copy: RedactedCopy | None = None
    names: list[str] = field(default_factory=list)

    @property
    def found(self) -> int:
        """How many suggestions are still open."""
        return sum(len(part.left) for part in self.parts)

    @property
    def is_stale(self) -> bool:
        """Whether the copy was confirmed before something was opened that it lacks."""
        if self.copy is None or self.copy.confirmed_at is None:
            return False
        return is_stale(self.copy)


@dataclass(frozen=True)
class CopyState:
    """Of one proposal of a double-blind challenge: how far its copy is."""

    proposal: Proposal
    copy: RedactedCopy | None

    @property
    def is_confirmed(self) -> bool:
        return self.copy is not None and self.copy.confirmed_at is not None

    @property
    def is_stale(self) -> bool:
        """Whether it was confirmed before something was opened that it lacks."""
        return self.copy is not None and self.is_confirmed and is_stale(self.copy)


def texts_of(proposal: Any) -> dict[str, tuple[Text, str]]:
    """Return the texts of a proposal by key, each with what it is called.

    Those that every challenge asks, and what is answered to each part of this one; tables as
    lines, without the columns that name people.
    """
    texts = {key: (label, getattr(proposal, key)) for key, label in PARTS.items()}
    for answer in proposal.answered():
        key = answer.part.key
        text = _lines_of(key, answer) if answer.part.is_table else answer.text
        texts[key] = (answer.part.title, text)
    return texts


def _lines_of(key: str, answer: AnsweredPart) -> str:
    columns = [one for one in COLUMNS[key] if one.name not in NAMING.get(key, ())]
    rows = []
    for line in answer.lines:
        said = [one.said(line.get(one.name)) or line.get(one.name) for one in columns]
        rows.append(
            " · ".join(str(value) for value in said if value not in {None, "", True, False})
        )
    return "\n".join(row for row in rows if row)


def is_stale(copy: RedactedCopy) -> bool:
    """True when the proposal says something where the confirmed copy has nothing."""
    texts = texts_of(copy.proposal)
    return any(text and not copy.shown.get(key) for key, (_label, text) in texts.items())


def names_that_tell(proposal: Proposal) -> list[str]:
    """No person: return the names of lead and partners, of their people, and their other names."""
    sides = partners_of(proposals=[proposal])
    names = list(Actor.objects.filter(pk__in=sides).values_list("name", flat=True))
    names += ActorName.objects.filter(actor__in=sides).values_list("text", flat=True)
    names += [word for name in names for word in distinctive_words(name)]
    people = list(
        Membership.objects.filter(actor__in=sides).values_list("user__full_name", flat=True)
    )
    for table, column in (("people", "name"), ("references", "contact")):
        people += [line.get(column) or "" for line in getattr(proposal, table) or ()]
    for person in people:
        words = person.split()
        names += [person, *(f"{one} {other}" for one, other in pairwise(words))]
    return sorted({name for name in names if name.strip()})


def suggestion(text: str, names: list[str]) -> str:
    """Return a text with a mark in the place of all that was found in it."""
    mark = _("[covered]")
    return "".join(mark if is_found else piece for piece, is_found in pieces(text, names))


def found_in(text: str, names: list[str]) -> list[str]:
    """Return what in a text may still give somebody away."""
    return [piece for piece, is_found in pieces(text, names) if is_found]


def redaction_desk(*, viewer: User, proposal: Proposal) -> RedactionDesk:
    """Return what the team redacts; empty for whoever may not read the proposal."""
    known = submitted_to(viewer=viewer, challenge=proposal.challenge)
    if not known.filter(pk=proposal.pk).exists():
        return RedactionDesk([], [])
    copy = RedactedCopy.objects.filter(proposal=proposal).first()
    names = names_that_tell(proposal)
    saved = copy.words if copy else {}
    parts = []
    for key, (label, text) in texts_of(proposal).items():
        with override(proposal.language):  # the mark is read within what is written
            words = saved.get(key) or suggestion(text, names)
        parts.append(Part(key, label, pieces(text, names), words, found_in(words, names)))
    redacted = {one.instead_of_id: one for one in copy.files.all()} if copy else {}
    files = [(one, redacted.get(one.pk)) for one in proposal.attachments.select_related("file")]
    return RedactionDesk(parts, files, copy, names)


def copies_of(*, viewer: User, challenge: Challenge) -> list[CopyState]:
    """Return how far the copies of a double-blind challenge are, to the impartial team."""
    if mode_of(challenge) != BlindMode.DOUBLE:
        return []
    proposals = submitted_to(viewer=viewer, challenge=challenge).select_related("redacted_copy")
    states = [CopyState(one, getattr(one, "redacted_copy", None)) for one in proposals]
    for one in states:
        one.proposal.challenge = challenge  # its parts are asked for once per row
    return states


def shown_parts(copy: RedactedCopy) -> list[tuple[Text, str]]:
    """Return the confirmed texts of a copy, for the page of an evaluator; the title apart."""
    texts = texts_of(copy.proposal)
    return [
        (label, copy.shown[key])
        for key, (label, _text) in texts.items()
        if key != "title" and copy.shown.get(key)
    ]


def readable_files(*, viewer: User) -> QuerySet[RedactedFile]:
    """Return the redacted files that `viewer` may download.

    Of confirmed copies: an evaluator who declared no conflict; the impartial team those of any.
    """
    duties = own_assignments(viewer=viewer).filter(state__in=MAY_READ).order_by()
    mine = RedactedFile.objects.filter(
        copy__confirmed_at__isnull=False, copy__proposal__in=duties.values("proposal")
    )
    return mine.select_related("file", "copy")
