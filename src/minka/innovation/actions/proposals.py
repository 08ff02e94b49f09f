"""What solvers do with a proposal, from the first draft to the receipt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import Conflict, InvalidInput, WrongState
from minka.core.models import User
from minka.innovation.actions.calls import open_call
from minka.innovation.actions.receipts import issue_receipt
from minka.innovation.models import Challenge, Proposal, Receipt
from minka.innovation.notices.proposals import tell_received
from minka.innovation.queries.proposals_completeness import missing_for_submission
from minka.innovation.states import PROPOSAL_REACHED_FROM, ChallengeState, ProposalState, Trl
from minka.knowledge.models import Actor
from minka.methods.text import search_key

LONGEST_TEXT = 60_000  # characters; far above what the word limits allow
LONGEST_DURATION_MONTHS = 120
FIGURES = frozenset({"requested_usd", "duration_months", "trl_now", "trl_after"})
EDITABLE = FIGURES | {"title", "summary", "approach", "evidence", "team", "language"}
OUT_OF_RANGE = {
    "requested_usd": gettext_lazy("The amount has to be above zero."),
    "duration_months": gettext_lazy("Between 1 and 120 months."),
    "trl_now": gettext_lazy("Readiness levels go from 1 to 9."),
    "trl_after": gettext_lazy("Readiness levels go from 1 to 9."),
}


@dataclass(frozen=True)
class Saved:
    """A draft after saving; `fields` says what could not be kept, and why."""

    revision: int
    saved_at: datetime
    fields: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def start_proposal(*, by: User, challenge: Challenge, lead: Actor) -> Proposal:
    """Return the organisation's live proposal to the challenge; a new draft if there is none.

    Raises:
        NotAllowed: `by` does not belong to `lead`.
        WrongState: the call is not open.
    """
    require(by, "innovation.proposal_start", lead)
    open_call(challenge.pk)  # its lock also lets one starter through at a time
    answers = Proposal.objects.filter(challenge=challenge, lead=lead)
    if live := answers.exclude(state=ProposalState.WITHDRAWN).first():
        return live
    proposal = Proposal.objects.create(
        challenge=challenge, lead=lead, author=by, language=by.language
    )
    record(by=by, verb="innovation.proposal_start", obj=proposal)
    return proposal


@transaction.atomic
def save_draft(*, by: User, proposal: Proposal, revision: int, values: Mapping[str, Any]) -> Saved:
    """Keep the values that can be kept; anything may be empty. Not an act for the ledger.

    A value that makes no sense is named in `Saved.fields`, and the others are saved all the same.
    Saving what is already there succeeds whatever the revision: a second click is no conflict.

    Raises:
        NotAllowed: `by` does not belong to the lead organisation.
        WrongState: it is no longer a draft.
        Conflict: somebody saved other words since `revision`.
    """
    require(by, "innovation.proposal_change", proposal)
    good, bad = _sift(values)
    current = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if current.state != ProposalState.DRAFT:
        raise WrongState(_("This proposal is no longer a draft, so its text cannot change."))
    changed = {name: new for name, new in good.items() if getattr(current, name) != new}
    if changed and current.revision != revision:
        raise Conflict(_("A colleague saved this proposal before you. Both versions are kept."))
    if changed:
        now = timezone.now()
        Proposal.objects.filter(pk=current.pk).update(
            **changed, revision=F("revision") + 1, updated_at=now
        )
    proposal.refresh_from_db()
    return Saved(proposal.revision, proposal.updated_at, bad)


@transaction.atomic
def submit_proposal(*, by: User, proposal: Proposal, revision: int) -> Receipt:
    """Hand a draft in before the deadline and return its receipt.

    The clock is read after the call's row is locked, so that a deadline moved at the same moment
    is either wholly before or wholly after this.

    Raises:
        NotAllowed: `by` does not belong to the lead organisation.
        WrongState: it was handed in already, or the call has closed.
        Conflict: somebody changed it since `revision`, which is what `by` has read.
        InvalidInput: something compulsory is missing; `fields` says what.
    """
    require(by, "innovation.proposal_submit", proposal)
    if Proposal.objects.filter(pk=proposal.pk, state=ProposalState.SUBMITTED).exists():
        raise WrongState(_("This proposal was already handed in."))
    call, now = open_call(proposal.challenge_id)
    current = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if current.state == ProposalState.DRAFT and current.revision != revision:
        raise Conflict(_("The proposal changed after you opened this page. Please read it again."))
    if missing := missing_for_submission(current):
        raise InvalidInput(_("The proposal is not complete yet."), fields=missing)
    _move(proposal, ProposalState.SUBMITTED, submitted_at=now)
    receipt = issue_receipt(by=by, proposal=proposal, call=call, at=now)
    tell_received(receipt=receipt)
    return receipt


@transaction.atomic
def reopen_proposal(*, by: User, proposal: Proposal) -> Proposal:
    """Turn a submitted proposal back into a draft while the call is open.

    Until it is handed in again it counts as not submitted.

    Raises:
        NotAllowed: `by` does not belong to the lead organisation.
        WrongState: it is not submitted, or the call has closed.
    """
    require(by, "innovation.proposal_submit", proposal)
    open_call(proposal.challenge_id)
    _move(proposal, ProposalState.DRAFT, submitted_at=None)
    record(by=by, verb="innovation.proposal_reopen", obj=proposal)
    return proposal


@transaction.atomic
def withdraw_proposal(*, by: User, proposal: Proposal, confirmation: str) -> Proposal:
    """Take a proposal back for good, until its challenge is decided.

    Raises:
        NotAllowed: `by` does not belong to the lead organisation.
        InvalidInput: `confirmation` is not the name of the lead organisation.
        WrongState: it was withdrawn already, or the decisions are released.
    """
    require(by, "innovation.proposal_withdraw", proposal)
    if search_key(confirmation) != search_key(proposal.lead.name):
        raise InvalidInput(
            fields={"confirmation": _("Type the name of the organisation as it is written here.")}
        )
    challenge = Challenge.objects.select_for_update().get(pk=proposal.challenge_id)
    if challenge.state == ChallengeState.DECIDED:
        raise WrongState(
            _("This challenge has been decided; a proposal can no longer be withdrawn.")
        )
    _move(proposal, ProposalState.WITHDRAWN)
    record(by=by, verb="innovation.proposal_withdraw", obj=proposal)
    return proposal


def _move(proposal: Proposal, target: ProposalState, **fields: object) -> None:
    """Compare-and-swap the state: when two people click at once, one gets WrongState."""
    movable = Proposal.objects.filter(pk=proposal.pk, state__in=PROPOSAL_REACHED_FROM[target])
    if not movable.update(
        state=target, revision=F("revision") + 1, updated_at=timezone.now(), **fields
    ):
        raise WrongState(_("This proposal has moved on; reload the page."))
    proposal.refresh_from_db()


def _sift(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Part the values that can be saved from those that cannot, with the reason."""
    good: dict[str, Any] = {}
    bad: dict[str, str] = {}
    for name in EDITABLE & values.keys():
        value = values[name]
        if value is None and name not in FIGURES:
            value = ""
        if reason := _fault(name, value):
            bad[name] = reason
        else:
            good[name] = value
    return good, bad


def _fault(name: str, value: Any) -> str:
    """Return why the value cannot be kept; empty when it can."""
    if value is None:
        return ""
    if name in FIGURES and not _in_range(name, value):
        return str(OUT_OF_RANGE[name])
    if name == "language" and value not in dict(settings.LANGUAGES):
        return _("Choose one of the languages offered.")
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return _("This text is too long to be kept: at most %(most)s characters.") % {
            "most": LONGEST_TEXT
        }
    try:
        field: models.Field[Any, Any] = Proposal._meta.get_field(name)  # type: ignore[assignment]
        field.run_validators(value)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _in_range(name: str, value: Any) -> bool:
    if name == "requested_usd":
        return bool(value > 0)
    if name == "duration_months":
        return bool(1 <= value <= LONGEST_DURATION_MONTHS)
    return bool(value in Trl.values)
