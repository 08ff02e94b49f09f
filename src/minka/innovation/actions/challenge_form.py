"""What the proposals to a challenge are asked: written with its draft, and never changed after."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.models import User
from minka.innovation.actions.challenge_approvals import void_after_edit
from minka.innovation.actions.challenge_writing import swap_columns
from minka.innovation.models import Challenge
from minka.innovation.models.proposal_parts import (
    LONGEST_LIMIT,
    MOST_PARTS,
    TABLES,
    ProposalPart,
)
from minka.innovation.queries.challenge_content import fresh_content
from minka.innovation.states import ChallengeState


@transaction.atomic
def set_form_parts(
    *, by: User, challenge: Challenge, revision: int, parts: Sequence[ProposalPart] | None
) -> Challenge:
    """Say what proposals have to answer, in order; None asks for the usual parts.

    After publication it stays: proposals are being written to it, and a part that came or went
    would be unequal to whoever has handed in. What is to be said then goes into the texts.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: a part lacks its title in a language, its limit is odd, or there are none.
        WrongState: the challenge is published.
        Conflict: somebody saved the challenge since `revision`.
    """
    require(by, "innovation.challenge_write")
    if challenge.state != ChallengeState.DRAFT:
        raise WrongState(_("Proposals are being written to this form: it does not change now."))
    stored = None
    if parts is not None:
        named = _with_keys(parts)
        _check(named)
        stored = [part.plain() for part in named]
    before = fresh_content(challenge)
    swap_columns(challenge, revision, ChallengeState.DRAFT, {"form_parts": stored})
    record(by=by, verb="innovation.challenge_form", obj=challenge, data={"revision": revision + 1})
    return void_after_edit(by=by, challenge=challenge, before=before)


def _with_keys(parts: Sequence[ProposalPart]) -> list[ProposalPart]:
    """Give each new part a key of its own; lines have no limit in words."""
    taken = {part.key for part in parts if part.key}
    free = (key for key in (f"s{n}" for n in range(1, 10 * MOST_PARTS)) if key not in taken)
    return [
        replace(part, key=part.key or next(free), words=0 if part.key in TABLES else part.words)
        for part in parts
    ]


def _check(parts: Sequence[ProposalPart]) -> None:
    wrong: dict[str, str] = {}
    for place, part in enumerate(parts):
        for language in ("es", "en"):
            if not getattr(part, f"title_{language}").strip():
                wrong[f"parts-{place}-title_{language}"] = _("Write the title in both languages.")
        if not part.is_table and not 1 <= part.words <= LONGEST_LIMIT:
            wrong[f"parts-{place}-words"] = _("Write a limit from 1 to %(most)s words.") % {
                "most": LONGEST_LIMIT
            }
    if wrong:
        raise InvalidInput(fields=wrong)
    if not parts or len(parts) > MOST_PARTS:
        raise InvalidInput(
            _("Ask for at least one part, and at most %(most)s.") % {"most": MOST_PARTS}
        )
    if len({part.key for part in parts}) < len(parts):
        raise InvalidInput(_("The same part stands there twice."))
