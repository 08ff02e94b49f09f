"""How the row of a proposal moves on: when two people act at once, one gets `WrongState`."""

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.errors import WrongState
from minka.innovation.models import Proposal
from minka.innovation.states import PROPOSAL_REACHED_FROM, ProposalState


def move(proposal: Proposal, target: ProposalState, **fields: object) -> None:
    """No person: change the state, from one that it is reached from.

    Raises:
        WrongState: it is in none of these any more.
    """
    swap(proposal, Q(state__in=PROPOSAL_REACHED_FROM[target]), state=target, **fields)


def swap(proposal: Proposal, condition: Q, **fields: object) -> None:
    """No person: write columns if the condition still holds.

    The object has them afterwards; whoever has not locked its row reads it again.

    Raises:
        WrongState: it does not.
    """
    fields = {**fields, "updated_at": timezone.now()}
    movable = Proposal.objects.filter(condition, pk=proposal.pk)
    if not movable.update(revision=F("revision") + 1, **fields):
        raise WrongState(_("This proposal has moved on; reload the page."))
    for name, value in fields.items():
        setattr(proposal, name, value)
    proposal.revision += 1
