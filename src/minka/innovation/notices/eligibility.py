"""What solvers and team are told of eligibility and of formal defects."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minka.core.models import Notice, User
from minka.core.notices import Message, notify
from minka.core.templatetags.formats import localized_text
from minka.innovation.models import CorrectionRequest, EligibilityCheck, Proposal
from minka.innovation.models.eligibility import Eligibility
from minka.innovation.notices.proposals import people_of
from minka.innovation.notices.words import lima

_SUBJECTS = {
    "asked": gettext_lazy("To be mended: your proposal to “%(challenge)s”"),
    "reminder": gettext_lazy("Still to be mended: your proposal to “%(challenge)s”"),
}


def tell_eligibility(*, check: EligibilityCheck) -> list[Notice]:
    """Tell a solver at once that a proposal is refused, or that a refusal was taken back."""

    def compose(_person: User) -> Message:
        if check.outcome == Eligibility.ELIGIBLE:
            return Message(
                subject=_("Your proposal is evaluated after all: “%(challenge)s”")
                % {"challenge": _title(check.proposal)},
                body=_("It was checked again and meets the conditions of the call."),
                url=_page(check.proposal),
            )
        failed = [item for item in check.items if not item["is_met"]]
        lines = "\n".join(f"– {item['condition']}: {item['reason']}" for item in failed)
        return Message(
            subject=_("Not eligible: your proposal to “%(challenge)s”")
            % {"challenge": _title(check.proposal)},
            body=_(
                "It does not meet a condition of the call, and is not evaluated:\n%(lines)s\n\n"
                "%(reason)s\n\nYou may answer until %(until)s; the answer is resolved with a "
                "reason."
            )
            % {
                "lines": lines,
                "reason": check.reason,
                "until": lima(check.answer_until) if check.answer_until else "",
            },
            url=_page(check.proposal),
        )

    return _send(check.proposal, "eligibility", f"{check.pk}:{check.revision}", compose)


def tell_reviewed(*, check: EligibilityCheck) -> list[Notice]:
    """Tell a solver what was resolved on the answer."""

    def compose(_person: User) -> Message:
        outcome = (
            _("The refusal is lifted; your proposal is evaluated.")
            if check.outcome == Eligibility.ELIGIBLE
            else _("The refusal stands.")
        )
        return Message(
            subject=_("Your answer was resolved: “%(challenge)s”")
            % {"challenge": _title(check.proposal)},
            body=f"{outcome}\n\n{check.review_reason}",
            url=_page(check.proposal),
        )

    return _send(check.proposal, "eligibility_reviewed", f"{check.pk}:{check.revision}", compose)


def tell_correction_asked(*, request: CorrectionRequest) -> list[Notice]:
    """Tell a solver what is missing and until when it may be mended."""
    return _ask(request, "asked")


def tell_correction_reminder(*, request: CorrectionRequest) -> list[Notice]:
    """Remind a solver of what is missing before the time is over."""
    return _ask(request, "reminder")


def tell_correction_decided(*, request: CorrectionRequest) -> list[Notice]:
    """Tell a solver whether the defect counts as mended, and why."""

    def compose(_person: User) -> Message:
        return Message(
            subject=_("Formal correction resolved: “%(challenge)s”")
            % {"challenge": _title(request.proposal)},
            body=f"{request.get_outcome_display()}. {request.outcome_reason}",
            url=_page(request.proposal),
        )

    return _send(request.proposal, "correction_decided", f"{request.pk}", compose)


def tell_answered(*, check: EligibilityCheck) -> list[Notice]:
    """Tell whoever refused that there is an answer to resolve."""

    def compose(_person: User) -> Message:
        return Message(
            subject=_("An answer to a refusal: “%(challenge)s”")
            % {"challenge": _title(check.proposal)},
            body=_("%(lead)s has answered. Please resolve it with a reason.")
            % {"lead": check.proposal.lead.name},
            url=_page(check.proposal),
        )

    return notify(
        recipients=[check.checked_by],
        kind="innovation.eligibility_answered",
        key=f"eligibility-answer:{check.pk}",
        compose=compose,
        about=check.proposal,
    )


def tell_correction_answered(*, request: CorrectionRequest) -> list[Notice]:
    """Tell whoever asked that there is an answer."""

    def compose(_person: User) -> Message:
        return Message(
            subject=_("A formal defect was answered: “%(challenge)s”")
            % {"challenge": _title(request.proposal)},
            body=_("%(lead)s has answered. Please say whether it is mended.")
            % {"lead": request.proposal.lead.name},
            url=_page(request.proposal),
        )

    return notify(
        recipients=[request.asked_by],
        kind="innovation.correction_answered",
        key=f"correction-answer:{request.pk}",
        compose=compose,
        about=request.proposal,
    )


def _ask(request: CorrectionRequest, step: str) -> list[Notice]:
    def compose(_person: User) -> Message:
        return Message(
            subject=str(_SUBJECTS[step]) % {"challenge": _title(request.proposal)},
            body=_(
                "%(what)s\n\nYou can mend it until %(until)s, in words and files. What is "
                "evaluated stays as you submitted it."
            )
            % {"what": request.what, "until": lima(request.until)},
            url=_page(request.proposal),
        )

    return _send(request.proposal, f"correction_{step}", f"{request.pk}", compose)


def _send(
    proposal: Proposal, kind: str, key: str, compose: Callable[[User], Message]
) -> list[Notice]:
    return notify(
        recipients=people_of(proposal),
        kind=f"innovation.{kind}",
        key=f"{kind}:{key}",
        compose=compose,
    )


def _page(proposal: Proposal) -> str:
    return reverse("innovation:proposal_eligibility", args=[proposal.public_id])


def _title(proposal: Proposal) -> str:
    return localized_text(proposal.challenge, "title")[0]
