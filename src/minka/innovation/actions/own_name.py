"""Proposing as a person: in one's own name, without a company."""

from django.db import transaction
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.errors import InvalidInput
from minka.core.models import User
from minka.innovation.actions.proposals import start_proposal
from minka.innovation.models import Challenge, Proposal
from minka.knowledge.actions.actors import create_own_entry
from minka.knowledge.models import Actor
from minka.knowledge.queries.memberships import own_name_entries


@transaction.atomic
def start_in_own_name(*, by: User, challenge: Challenge) -> Proposal:
    """Begin a proposal for which the person alone stands, with an entry of the directory.

    Raises:
        NotAllowed: `by` is not signed in.
        InvalidInput: the account has no name.
        WrongState: the call is not open.
    """
    return start_proposal(by=by, challenge=challenge, lead=_entry_of(by))


def _entry_of(by: User) -> Actor:
    """Return the entry of the directory that stands for the person; make it the first time."""
    require(by, "knowledge.actor_create")
    by = User.objects.select_for_update().get(pk=by.pk)  # two clicks make one entry
    if not by.full_name.strip():
        raise InvalidInput(fields={"lead": _("Write your full name in your profile first.")})
    known = own_name_entries(viewer=by).first()
    if known is not None:
        return known
    return create_own_entry(by=by)
