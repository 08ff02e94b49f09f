"""What is resolved on the proposals to a challenge, and its release, all at once."""

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from minka.core.models import User
from minka.innovation.actions.calls import closed_call
from minka.innovation.actions.letters import write_letters
from minka.innovation.models import Challenge, Decision, Motion, PanelSession, Proposal
from minka.innovation.models.panel_states import MinutesState, MotionState, PanelState
from minka.innovation.notices.decisions import tell_decision
from minka.innovation.queries.conflicts import conflict_between
from minka.innovation.queries.eligibility import unsettled
from minka.innovation.queries.evaluations import criteria_of
from minka.innovation.queries.ranking import criterion_means
from minka.innovation.states import (
    CHALLENGE_REACHED_FROM,
    ChallengeState,
    Outcome,
    ProposalState,
)

SHORTEST_WORDS = 20  # characters: less explains nothing
LONGEST_WORDS = 10_000


@transaction.atomic
def save_decision(  # noqa: PLR0913 -- a decision is its parts
    *,
    by: User,
    proposal: Proposal,
    revision: int,
    outcome: str,
    reason: str,
    feedback: str,
    strengths: str = "",
    motion: Motion | None = None,
) -> Decision:
    """Write down what was resolved on one proposal; it can change until the release.

    `revision` is that of the decision that `by` has seen, 0 when there was none. The ledger
    learns that there is a decision, not which: it is read by more people than may know.
    `motion` is the one of the panel that was carried; what a panel decided, nobody else changes.

    Raises:
        NotAllowed: `by` is not of the team, competes, has scores to give, or has a conflict.
        WrongState: the call is open, the proposal was withdrawn, a panel has decided, or decisions
            are released.
        InvalidInput: no outcome, or reason or feedback shorter than 20 characters.
        Conflict: a colleague saved another decision since `revision`.
    """
    require(by, "innovation.decision_write", proposal)
    if conflict_between(proposal=proposal, person=by):
        raise NotAllowed
    closed_call(proposal.challenge_id)
    words = check_decision(outcome=outcome, reason=reason, feedback=feedback, strengths=strengths)
    if motion is None and _panel_decided(proposal):
        raise WrongState(_("A panel has decided on this proposal; its minutes say so."))
    if not Proposal.objects.filter(pk=proposal.pk, state=ProposalState.SUBMITTED).exists():
        raise WrongState(_("This proposal was withdrawn; there is nothing to decide."))
    if Proposal.objects.filter(pk=proposal.pk, ineligible_at__isnull=False).exists():
        raise WrongState(_("This proposal was found not eligible; it is not evaluated."))
    values = {**words, "outcome": outcome, "decided_by": by, "decided_at": timezone.now()}
    known = Decision.objects.filter(proposal=proposal)
    if not known.filter(revision=revision).update(**values, revision=F("revision") + 1):
        _create(known, proposal, values)
    decision = known.get()
    record(
        by=by,
        verb="innovation.decision_write",
        obj=proposal,
        data={"revision": decision.revision},
    )
    return decision


@transaction.atomic
def release_decisions(*, by: User, challenge: Challenge) -> Challenge:
    """Make every decision of a challenge known at the same instant and tell each supplier.

    Raises:
        NotAllowed: `by` is not of the team, or competes in the challenge.
        WrongState: the call is open, everything was released already, or the minutes of the panel
            are not approved yet.
        InvalidInput: a submitted proposal that is eligible has no decision yet, or a formal
            defect or a refusal is not settled.
    """
    require(by, "innovation.decision_release", challenge)
    closed_call(challenge.pk)
    _minutes_approved(challenge)
    if waiting := unsettled(challenge=challenge):
        raise InvalidInput(
            ngettext(
                "%(count)s proposal still has a formal defect to mend or a refusal to answer.",
                "%(count)s proposals still have a formal defect to mend or a refusal to answer.",
                waiting,
            )
            % {"count": waiting}
        )
    standing = Proposal.objects.filter(
        challenge=challenge, state=ProposalState.SUBMITTED, ineligible_at__isnull=True
    )
    if undecided := standing.filter(decision__isnull=True).count():
        raise InvalidInput(
            ngettext(
                "%(count)s proposal has no decision yet. All are released together.",
                "%(count)s proposals have no decision yet. All are released together.",
                undecided,
            )
            % {"count": undecided}
        )
    now = timezone.now()
    moved = Challenge.objects.filter(
        pk=challenge.pk, state__in=CHALLENGE_REACHED_FROM[ChallengeState.DECIDED]
    ).update(state=ChallengeState.DECIDED, released_at=now, revision=F("revision") + 1)
    if not moved:
        raise WrongState(_("The decisions of this challenge were released; nothing changes now."))
    Decision.objects.filter(proposal__in=standing).update(released_at=now)
    challenge.refresh_from_db()
    decisions = Decision.objects.filter(proposal__in=standing).select_related(
        "proposal__lead", "proposal__challenge"
    )
    outcomes = {str(d.proposal.public_id): d.outcome for d in decisions}
    record(by=by, verb="innovation.decision_release", obj=challenge, data={"outcomes": outcomes})
    letters = write_letters(by=by, challenge=challenge, decisions=decisions)
    criteria = criteria_of(challenge_id=challenge.pk)
    for decision in decisions:
        means = criterion_means(proposal=decision.proposal, criteria=criteria)
        tell_decision(decision=decision, means=means, letter=letters[decision.proposal_id])
    return challenge


def _create(known: QuerySet[Decision], proposal: Proposal, values: dict[str, object]) -> None:
    """Write the first decision; the unique constraint refuses a second first."""
    taken = Conflict(_("A colleague saved a decision on this proposal before you."))
    if known.exists():
        raise taken
    try:
        with transaction.atomic():
            Decision.objects.create(proposal=proposal, revision=1, **values)
    except IntegrityError:
        raise taken from None


def check_decision(
    *, outcome: str, reason: str, feedback: str, strengths: str = ""
) -> dict[str, str]:
    """No person: return the words of a decision, trimmed.

    Raises:
        InvalidInput: no outcome, or reason or feedback shorter than 20 characters.
    """
    words = {"reason": reason.strip(), "feedback": feedback.strip()}
    wrong: dict[str, str] = {}
    if outcome not in Outcome.values:
        wrong["outcome"] = _("Choose what was decided.")
    for name, text in words.items():
        if not SHORTEST_WORDS <= len(text) <= LONGEST_WORDS:
            wrong[name] = _("Write at least %(least)s characters.") % {"least": SHORTEST_WORDS}
    if wrong:
        raise InvalidInput(fields=wrong)
    return {**words, "strengths": strengths.strip()[:LONGEST_WORDS]}


def _panel_decided(proposal: Proposal) -> bool:
    return Motion.objects.filter(item__proposal=proposal, state=MotionState.CARRIED).exists()


def _minutes_approved(challenge: Challenge) -> None:
    """What a panel decides is told when its minutes are approved; one that was prepared only, not.

    Raises:
        WrongState: a session was called and not held to its end.
    """
    used = PanelSession.objects.filter(challenges=challenge).exclude(
        state__in=[PanelState.PREPARING, PanelState.CANCELLED]
    )
    if used.exclude(minutes__state=MinutesState.FIXED).exists():
        raise WrongState(
            _("A panel deals with this challenge: its minutes have to be approved before.")
        )
