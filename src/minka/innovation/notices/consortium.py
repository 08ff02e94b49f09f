"""What organisations are told about proposing together; nothing of what a proposal says."""

from django.urls import reverse
from django.utils.translation import gettext as _

from minka.core.models import Notice, User
from minka.core.notices import Message, notify
from minka.core.templatetags.formats import localized_text
from minka.innovation.models import Partner, PartnerMessage, Proposal
from minka.innovation.states import PartnerState
from minka.knowledge.models import Actor
from minka.knowledge.states import MembershipState


def members_of(actor: Actor) -> list[User]:
    """Return the active people of an organisation."""
    members = actor.memberships.filter(state=MembershipState.ACTIVE)
    return [membership.user for membership in members.select_related("user").order_by("pk")]


def tell_asked(partner: Partner) -> list[Notice]:
    """Tell the people of an organisation that they are asked into a consortium."""
    names = _names(partner)

    def compose(_person: User) -> Message:
        return Message(
            subject=_("%(lead)s asks %(partner)s to propose together") % names,
            body=_(
                "%(lead)s asks %(partner)s to be a partner in its proposal to “%(challenge)s”. "
                "Nobody else knows of it. Anybody of %(partner)s may accept or refuse."
            )
            % {**names, "challenge": _challenge(partner)},
            url=reverse("innovation:partner", args=[partner.pk]),
        )

    return notify(
        recipients=members_of(partner.actor),
        kind="innovation.partner_asked",
        key=f"partner:{partner.pk}:asked",
        compose=compose,
    )


def tell_answered(partner: Partner) -> list[Notice]:
    """Tell the people of the lead what a partner answered, or that it left."""
    names = _names(partner)

    def compose(_person: User) -> Message:
        subject = {
            PartnerState.ACCEPTED: _("%(partner)s accepted to propose together"),
            PartnerState.REFUSED: _("%(partner)s did not accept to propose together"),
        }.get(PartnerState(partner.state), _("%(partner)s left the consortium"))
        return Message(
            subject=subject % names,
            body=_("It is about your proposal to “%(challenge)s”.")
            % {"challenge": _challenge(partner)},
            url=reverse("innovation:consortium", args=[partner.proposal.public_id]),
        )

    return notify(
        recipients=members_of(partner.proposal.lead),
        kind="innovation.partner_answered",
        key=f"partner:{partner.pk}:{partner.state}",
        compose=compose,
    )


def tell_parted(partner: Partner) -> list[Notice]:
    """Tell the people of an organisation that the lead goes on without it."""
    names = _names(partner)

    def compose(_person: User) -> Message:
        return Message(
            subject=_("%(lead)s goes on without %(partner)s") % names,
            body=_("It is about the proposal to “%(challenge)s”.")
            % {"challenge": _challenge(partner)},
            url=reverse("innovation:proposals"),
        )

    return notify(
        recipients=members_of(partner.actor),
        kind="innovation.partner_parted",
        key=f"partner:{partner.pk}:parted",
        compose=compose,
    )


def tell_message(message: PartnerMessage) -> list[Notice]:
    """Tell the other side that somebody wrote; the message itself is read on the page."""
    post = message.post
    sender, reader = (
        (post.actor, message.other) if message.is_answer else (message.other, post.actor)
    )

    def compose(_person: User) -> Message:
        return Message(
            subject=_("%(sender)s wrote about proposing together") % {"sender": sender.name},
            body=_("Read and answer it here; your e-mail address is not shown."),
            url=reverse("innovation:partner_talk", args=[post.pk, message.other.public_id]),
        )

    return notify(
        recipients=members_of(reader),
        kind="innovation.partner_message",
        key=f"partner_message:{message.pk}",
        compose=compose,
    )


def tell_share(partner: Partner, *, before: int, entry: int) -> list[Notice]:
    """Tell the people of a partner that the lead gives it another share of the work.

    `entry` is the place in the ledger of the act, so that each change is told once.
    """
    names: dict[str, object] = {**_names(partner), "before": before, "now": partner.share}

    def compose(_person: User) -> Message:
        return Message(
            subject=_("The share of %(partner)s: %(now)s %%, before %(before)s %%") % names,
            body=_(
                "%(lead)s shared out the work of the proposal to “%(challenge)s” anew. If it is "
                "not what you agreed on, talk to the lead, or leave the consortium, before the "
                "proposal is submitted."
            )
            % {**names, "challenge": _challenge(partner)},
            url=reverse("innovation:partner", args=[partner.pk]),
        )

    return notify(
        recipients=members_of(partner.actor),
        kind="innovation.partner_share",
        key=f"partner:{partner.pk}:share:{entry}",
        compose=compose,
    )


def tell_withdrawn(proposal: Proposal, *, by: User) -> list[Notice]:
    """Tell everybody of the consortium but `by` that the lead withdrew; and who was asked."""
    standing = proposal.partners.filter(state__in=[PartnerState.ASKED, PartnerState.ACCEPTED])
    partners = list(standing.select_related("actor"))
    inside = [one.actor for one in partners if one.state == PartnerState.ACCEPTED]
    readers = _people([proposal.lead, *inside], but=by)

    def said() -> dict[str, str]:
        title = localized_text(proposal.challenge, "title")[0]
        return {"lead": proposal.lead.name, "challenge": title}

    def compose(_person: User) -> Message:
        return Message(
            subject=_("%(lead)s withdrew the proposal to “%(challenge)s”") % said(),
            body=_(
                "It leaves the challenge for good. The organisations of the consortium still read "
                "it; each of them may propose anew while the call is open."
            ),
            url=reverse("innovation:proposal", args=[proposal.public_id]),
        )

    def compose_for_asked(_person: User) -> Message:
        return Message(
            subject=_("%(lead)s no longer asks you to propose together") % said(),
            body=_("It is about the proposal to “%(challenge)s”.") % said(),
            url=reverse("innovation:proposals"),
        )

    kind, key = "innovation.proposal_withdrawn", f"proposal:{proposal.pk}:withdrawn"
    told = notify(recipients=readers, kind=kind, key=key, compose=compose)
    asked = [one.actor for one in partners if one.state == PartnerState.ASKED]
    others = _people(asked, but=by)
    return told + notify(recipients=others, kind=kind, key=key, compose=compose_for_asked)


def _people(actors: list[Actor], *, but: User) -> list[User]:
    return [one for actor in actors for one in members_of(actor) if one.pk != but.pk]


def _names(partner: Partner) -> dict[str, str]:
    return {"lead": partner.proposal.lead.name, "partner": partner.actor.name}


def _challenge(partner: Partner) -> str:
    return localized_text(partner.proposal.challenge, "title")[0]
