"""What the people of a solver's organisation are told about their proposal."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from minka.core.models import Notice, User
from minka.core.notices import Message, notify
from minka.core.templatetags.formats import localized_text
from minka.innovation.models import Partner, Proposal, Receipt
from minka.innovation.notices.words import lima
from minka.innovation.states import OpeningFailure, PartnerState
from minka.knowledge.models import Membership
from minka.knowledge.states import MembershipState


def people_of(proposal: Proposal) -> list[User]:
    """Return the active members of the lead and of the partners that accepted."""
    partners = Partner.objects.filter(proposal=proposal, state=PartnerState.ACCEPTED)
    belongs = Q(actor=proposal.lead_id) | Q(actor__in=partners.values("actor"))
    members = Membership.objects.filter(belongs, state=MembershipState.ACTIVE)
    found = {one.user_id: one.user for one in members.select_related("user").order_by("pk")}
    return list(found.values())


def _sealed(receipt: Receipt) -> Message:
    """Return what is said of a sealed proposal: nothing of its words."""
    proposal = receipt.proposal
    challenge = localized_text(proposal.challenge, "title")[0]
    return Message(
        subject=_("Received: your proposal to “%(challenge)s”") % {"challenge": challenge},
        body=_(
            "We have received a proposal from %(lead)s. It is sealed: nobody can read it "
            "before the opening.\n\n"
            "Receipt: %(number)s\nReceived: %(at)s\nDeadline: %(deadline)s\n"
            "Fingerprint (SHA-256): %(digest)s\n\n"
            "Until the deadline you can replace it; the last one counts."
        )
        % {
            "lead": proposal.lead.name,
            "number": receipt.number,
            "at": lima(receipt.received_at),
            "deadline": lima(receipt.deadline_at),
            "digest": receipt.content_sha256,
        },
        url=reverse("innovation:receipt", args=[receipt.number]),
    )


def tell_received(*, receipt: Receipt) -> list[Notice]:
    """Send the receipt to everybody in the consortium."""
    proposal = receipt.proposal

    def compose(_person: User) -> Message:
        if proposal.is_sealed:
            return _sealed(receipt)
        challenge = localized_text(proposal.challenge, "title")[0]
        return Message(
            subject=_("Received: your proposal to “%(challenge)s”") % {"challenge": challenge},
            body=_(
                "We have received “%(title)s” from %(lead)s.\n\n"
                "Receipt: %(number)s\nReceived: %(at)s\nDeadline: %(deadline)s\n"
                "Fingerprint (SHA-256): %(digest)s\n\n"
                "Until the deadline you can reopen it and hand it in again."
            )
            % {
                "title": proposal.title,
                "lead": proposal.lead.name,
                "number": receipt.number,
                "at": lima(receipt.received_at),
                "deadline": lima(receipt.deadline_at),
                "digest": receipt.content_sha256,
            },
            url=reverse("innovation:receipt", args=[receipt.number]),
        )

    return notify(
        recipients=people_of(proposal),
        kind="innovation.proposal_received",
        key=f"receipt:{receipt.number}",
        compose=compose,
    )


def tell_not_opened(*, proposal: Proposal, reason: str) -> list[Notice]:
    """Tell everybody in the consortium that what they had sealed did not open, once per reason."""

    def compose(_person: User) -> Message:
        return Message(
            subject=_("It did not open: your proposal to “%(challenge)s”")
            % {"challenge": localized_text(proposal.challenge, "title")[0]},
            body=_(
                "At the opening: %(reason)s. Nothing of it was opened. Keep the signed receipt and "
                "your own files, and ask the cluster team: it can be tried again once the cause "
                "is removed."
            )
            % {"reason": OpeningFailure(reason).label},
            url=reverse("innovation:proposal", args=[proposal.public_id]),
        )

    return notify(
        recipients=people_of(proposal),
        kind="innovation.proposal_not_opened",
        key=f"not-opened:{proposal.pk}:{reason}",
        compose=compose,
    )
