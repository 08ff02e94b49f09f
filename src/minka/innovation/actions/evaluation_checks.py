"""What several actions of an evaluation ask first: a reason, and nobody with a conflict."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from minka.core.errors import InvalidInput, NotAllowed
from minka.core.models import User
from minka.innovation.models import Proposal
from minka.innovation.queries.conflicts import conflicts

LONGEST = 4_000  # characters of a reason


def reason_of(text: str, *, least: int, field: str = "reason") -> str:
    """No person: return a reason without what surrounds it.

    Raises:
        InvalidInput: it is shorter than `least` characters, and explains nothing.
    """
    words = text.strip()[:LONGEST]
    if len(words) < least:
        said = _("Write at least %(least)s characters.") % {"least": least}
        raise InvalidInput(fields={field: said})
    return words


def check_impartial(*, by: User, proposals: Iterable[Proposal]) -> None:
    """Pass whoever may decide about the evaluators of proposals.

    Raises:
        NotAllowed: `by` has a conflict of interest with one of them that was not lifted.
    """
    wanted = list(proposals)
    known = conflicts(proposals=wanted, people=[by])
    if any(known.standing(one.pk, by.pk) for one in wanted):
        raise NotAllowed
