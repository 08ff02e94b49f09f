"""Which files of a draft open with the economic parts, where a call has envelopes."""

from django.db import transaction
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import WrongState
from minka.core.models import User
from minka.innovation.models import Attachment, Proposal


@transaction.atomic
def mark_attachment(*, by: User, attachment: Attachment, is_economic: bool) -> None:
    """Say whether a file of a draft opens with the economic parts; twice the same is nothing.

    Raises:
        NotAllowed: `by` does not belong to the lead organisation.
        WrongState: the proposal is no longer a draft, or its call opens everything at once.
    """
    proposal = attachment.proposal
    require(by, "innovation.proposal_change", proposal)
    current = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if not current.is_writable:
        raise WrongState(_("This proposal is no longer a draft, so its files cannot change."))
    if not proposal.challenge.call.has_envelopes:
        raise WrongState(_("This call opens everything at once."))
    changed = Attachment.objects.filter(pk=attachment.pk).exclude(is_economic=is_economic)
    if changed.update(is_economic=is_economic):
        data = {"sha256": attachment.file.sha256, "is_economic": is_economic}
        record(by=by, verb="innovation.attachment_mark", obj=proposal, data=data)
