"""Take something that was said before into a draft, after what is there."""

from typing import Any

from django.utils.translation import gettext as _

from minka.core.errors import InvalidInput
from minka.core.models import User
from minka.innovation.actions.proposals import Saved, save_draft
from minka.innovation.models import Proposal
from minka.innovation.models.proposal_parts import ANSWERS
from minka.innovation.queries.proposal_reuse import pieces_for


def take_piece(*, by: User, proposal: Proposal, revision: int, key: str) -> Saved:
    """Add one piece to the part that it fits; what is there stays, and twice is as once.

    Raises:
        NotAllowed: `by` does not belong to the consortium.
        WrongState: it is no longer a draft.
        InvalidInput: there is no such piece for this draft and this person.
        EditClash: a colleague changed the same part since `revision`.
    """
    piece = next((p for p in pieces_for(viewer=by, proposal=proposal) if p.key == key), None)
    if piece is None:
        raise InvalidInput(_("Choose one of the list."))
    here = proposal.answer_to(piece.part)
    values: dict[str, Any]
    if piece.part.is_table:
        new = [dict(line) for line in piece.lines if line not in here.lines]
        values = {piece.part.key: [*here.lines, *new]}
    else:
        text = here.text if piece.text in here.text else f"{here.text}\n\n{piece.text}".strip()
        is_column = hasattr(proposal, piece.part.key)
        values = {piece.part.key: text} if is_column else {ANSWERS: {piece.part.key: text}}
    return save_draft(by=by, proposal=proposal, revision=revision, values=values)
