"""What an organisation has said before, to be taken into a draft piece by piece.

The profile of the lead, which is public, and earlier proposals that organisations of the reader
led themselves: of nobody else's, although they may have a part in them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from minka.core.models import User
from minka.core.templatetags.formats import localized_text
from minka.innovation.models import Proposal
from minka.innovation.models.proposal_parts import USUAL_PARTS, AnsweredPart, ProposalPart
from minka.innovation.queries.proposals import own_organisations, own_proposals
from minka.knowledge.models import Actor

MOST_EARLIER = 5  # proposals
USUAL_KEYS = {part.key for part in USUAL_PARTS}


@dataclass(frozen=True)
class Piece:
    """Something said before, and the part of the draft that it fits.

    Args:
        key: names it in the address of taking it over.
        source: where it was said.
    """

    key: str
    source: str
    part: ProposalPart
    text: str = ""
    lines: Sequence[Mapping[str, Any]] = ()

    @property
    def answered(self) -> AnsweredPart:
        """It, as an answer to its part."""
        return AnsweredPart(self.part, self.text, self.lines)


def pieces_for(*, viewer: User, proposal: Proposal) -> list[Piece]:
    """Return what may be taken over into a draft by somebody who may write it; else nothing."""
    if not viewer.has_perm("innovation.proposal_change", proposal):
        return []
    parts = {part.key: part for part in proposal.challenge.parts}
    return [*_of_profile(proposal.lead, parts), *_of_earlier(viewer, proposal)]


def _of_profile(lead: Actor, parts: Mapping[str, ProposalPart]) -> Iterator[Piece]:
    source = _("Profile of %(name)s") % {"name": lead.name}
    about = "\n\n".join(one.strip() for one in (lead.activity, lead.description) if one.strip())
    able = "\n".join(
        f"{localized_text(one.theme, 'label')[0]} (TRL {one.trl}). {one.evidence}".strip()
        for one in lead.capabilities.select_related("theme")
    )
    certified = "\n".join(
        " · ".join(part for part in (one.name, one.issuer) if part)
        for one in lead.certifications.all()
    )
    for key, target, text in (
        ("profile-about", "team", about),
        ("profile-capabilities", "evidence", able),
        ("profile-certifications", "team", certified),
    ):
        if text and target in parts:
            yield Piece(key, source, parts[target], text=text)


def _of_earlier(viewer: User, proposal: Proposal) -> Iterator[Piece]:
    own = own_organisations(viewer=viewer)
    earlier = own_proposals(viewer=viewer).filter(lead__in=own).exclude(pk=proposal.pk)
    shown = [one for one in earlier if one.shows_words][:MOST_EARLIER]
    by_key = {part.key: part for part in proposal.challenge.parts}
    by_title = {part.title_es.casefold(): part for part in proposal.challenge.parts}
    for one in shown:
        for answered in one.answered():
            said = answered.part
            own_key = said.key not in USUAL_KEYS  # numbered by each challenge for itself
            fits = by_title.get(said.title_es.casefold()) if own_key else by_key.get(said.key)
            if fits and answered.is_answered and fits.is_table == said.is_table:
                yield Piece(
                    f"{one.public_id}:{said.key}",
                    str(one),
                    fits,
                    text=answered.text,
                    lines=answered.lines,
                )
