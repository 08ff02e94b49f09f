"""Clarifications and appeals: asked in time by the solver's people, answered by impartial ones."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from minka.core.jobs import enqueue
from minka.core.models import User
from minka.innovation.actions.decisions import check_decision
from minka.innovation.actions.letters import write_letters
from minka.innovation.models import Appeal, Decision, DecisionLetter, FormerDecision, Proposal
from minka.innovation.models.panel_states import (
    APPEAL_REACHED_FROM,
    FINDINGS,
    REOPENS,
    AppealKind,
    AppealState,
)
from minka.innovation.notices.appeals import (
    tell_answered,
    tell_asked,
    tell_due,
    tell_handler,
    tell_reopened,
)
from minka.innovation.notices.decisions import tell_decision
from minka.innovation.notices.words import lima
from minka.innovation.queries.appeals import candidates_for, may_answer, reopened_appeal
from minka.innovation.queries.conflicts import conflict_between
from minka.innovation.queries.evaluations import criteria_of
from minka.innovation.queries.ranking import criterion_means
from minka.innovation.states import ChallengeState

REMIND = "minka.innovation.tasks.remind_appeal"
SHORTEST, LONGEST = 40, 8_000  # characters of what is asked, and of an answer
REMIND_BEFORE = timedelta(days=3)


@transaction.atomic
def ask(*, by: User, letter: DecisionLetter, kind: str, text: str) -> Appeal:
    """Ask for a clarification, or appeal; one of each kind for one letter.

    Raises:
        NotAllowed: `by` does not belong to the organisation that leads the proposal.
        WrongState: the time is over, by the clock of the server, or one of the kind was sent.
        InvalidInput: no such kind, or words that are too short or too long.
    """
    proposal = letter.proposal
    require(by, "innovation.appeal_ask", proposal)
    if proposal.challenge.state != ChallengeState.DECIDED:
        raise NotAllowed
    if kind not in AppealKind.values:
        raise InvalidInput(fields={"kind": _("Choose what you ask for.")})
    words = _words(text, "text")
    now = timezone.now()
    if now > letter.appeal_until:
        raise WrongState(
            _("The time to ask or appeal ended on %(until)s, as the letter said. What comes later "
              "is not received.") % {"until": lima(letter.appeal_until)}
        )  # fmt: skip
    if proposal.letters.filter(version__gt=letter.version).exists():
        raise WrongState(_("There is a newer letter on this proposal; ask about that one."))
    due = now + timedelta(days=proposal.challenge.edition.appeal_answer_days)
    try:
        with transaction.atomic():
            appeal = Appeal.objects.create(
                letter=letter, kind=kind, text=words, asked_by=by, asked_at=now, due_at=due
            )
    except IntegrityError:
        raise WrongState(
            _("This was sent before; what was asked is on the page with its answer.")
        ) from None
    record(by=by, verb=f"innovation.{kind}_ask", obj=appeal, data={"letter": letter.version})
    tell_asked(appeal=appeal, to=[one.person for one in candidates_for(appeal=appeal) if one.may])
    enqueue(REMIND, appeal.pk, wait=max(due - REMIND_BEFORE - now, timedelta()))
    return appeal


@transaction.atomic
def name_handler(*, by: User, appeal: Appeal, handler: User) -> Appeal:
    """Give it to somebody who had no part in the decision; or take it oneself.

    Raises:
        NotAllowed: `by` is not of the impartial team and names another, or the one named
            evaluated, decided, or is not impartial.
        WrongState: it was answered.
    """
    challenge = appeal.letter.proposal.challenge
    if by.pk != handler.pk:
        require(by, "innovation.appeal_assign", challenge)
    if not may_answer(appeal=appeal, person=handler):
        raise NotAllowed(_("Who evaluated, decided or has an interest does not answer an appeal."))
    _move(appeal, AppealState.IN_REVIEW, handler=handler, taken_at=timezone.now())
    record(by=by, verb="innovation.appeal_take", obj=appeal, data={"handler": handler.pk})
    if by.pk != handler.pk:
        tell_handler(appeal=appeal)
    return appeal


@transaction.atomic
def answer(*, by: User, appeal: Appeal, revision: int, finding: str, words: str) -> Appeal:
    """Say what was found, and why; the solver's people are told.

    Raises:
        NotAllowed: it is not `by`'s to answer, or something keeps them from it by now.
        InvalidInput: no finding that fits, or too short a reason.
        WrongState: it was answered.
        Conflict: it changed since `revision`.
    """
    appeal.refresh_from_db()
    if appeal.handler_id != by.pk or not may_answer(appeal=appeal, person=by):
        raise NotAllowed
    if appeal.revision != revision:
        raise Conflict(_("This was changed since you opened it; reload the page."))
    if finding not in FINDINGS[AppealKind(appeal.kind)]:
        raise InvalidInput(fields={"finding": _("Choose what was found.")})
    text = _words(words, "words")
    _move(appeal, AppealState.ANSWERED, finding=finding, answer=text, answered_at=timezone.now())
    # what was found is for the solver: the ledger has more readers
    record(by=by, verb="innovation.appeal_answer", obj=appeal, data={})
    tell_answered(appeal=appeal)
    return appeal


@transaction.atomic
def reopen_decision(*, by: User, appeal: Appeal) -> Appeal:
    """Open the decision on this one proposal again, because its appeal was upheld.

    What was decided holds until another decision is told.

    Raises:
        NotAllowed: `by` is not of the impartial team.
        WrongState: it was not upheld, or was reopened before.
    """
    proposal = appeal.letter.proposal
    require(by, "innovation.decision_release", proposal.challenge)
    open_now = Appeal.objects.filter(
        pk=appeal.pk, finding__in=REOPENS, reopened_at__isnull=True, former__isnull=True
    )
    if not open_now.update(reopened_at=timezone.now(), revision=F("revision") + 1):
        raise WrongState(_("Only what was upheld is decided again, and once."))
    appeal.refresh_from_db()
    record(by=by, verb="innovation.decision_reopen", obj=proposal, data={"appeal": appeal.pk})
    tell_reopened(appeal=appeal)
    return appeal


@transaction.atomic
def decide_again(  # noqa: PLR0913 -- a decision is its parts
    *, by: User, proposal: Proposal, revision: int, outcome: str, reason: str, feedback: str,
    strengths: str = "",
) -> Decision:  # fmt: skip
    """Take the decision on a proposal again after its appeal, and tell it at once by a new letter.

    The decision before is kept with its letter.

    Raises:
        NotAllowed: `by` is not of the impartial team, has a conflict, or answered the appeal.
        WrongState: the decision is not open.
        InvalidInput: no outcome, or reason or feedback shorter than 20 characters.
        Conflict: a colleague decided since `revision`.
    """
    require(by, "innovation.decision_write", proposal)
    appeal = reopened_appeal(proposal=proposal)
    if appeal is None:
        raise WrongState(_("The decisions of this challenge were released; nothing changes now."))
    if conflict_between(proposal=proposal, person=by) or appeal.handler_id == by.pk:
        raise NotAllowed
    words = check_decision(outcome=outcome, reason=reason, feedback=feedback, strengths=strengths)
    before = Decision.objects.get(proposal=proposal)
    now = timezone.now()
    changed = Decision.objects.filter(proposal=proposal, revision=revision).update(
        **words, outcome=outcome, decided_by=by, decided_at=now, released_at=now,
        revision=F("revision") + 1,
    )  # fmt: skip
    if not changed:
        raise Conflict(_("A colleague saved a decision on this proposal before you."))
    FormerDecision.objects.create(
        proposal=proposal, letter=appeal.letter, appeal=appeal, outcome=before.outcome,
        reason=before.reason, strengths=before.strengths, feedback=before.feedback,
        decided_by=before.decided_by, decided_at=before.decided_at,
    )  # fmt: skip
    decision = Decision.objects.select_related(
        "proposal__lead", "proposal__challenge__edition"
    ).get(proposal=proposal)
    record(by=by, verb="innovation.decision_again", obj=proposal,
           data={"from": before.outcome, "to": outcome, "appeal": appeal.pk})  # fmt: skip
    challenge = decision.proposal.challenge
    letters = write_letters(by=by, challenge=challenge, decisions=[decision])
    means = criterion_means(proposal=proposal, criteria=criteria_of(challenge_id=challenge.pk))
    tell_decision(decision=decision, means=means, letter=letters[proposal.pk])
    return decision


@transaction.atomic
def remind(*, appeal_id: int) -> bool:
    """Tell who answers, or the team, that an answer is due soon; nobody where it was given.

    No person: the job that waits calls this.
    """
    appeal = Appeal.objects.filter(pk=appeal_id).exclude(state=AppealState.ANSWERED).first()
    if appeal is None:
        return False
    able = [one.person for one in candidates_for(appeal=appeal) if one.may]
    tell_due(appeal=appeal, to=[appeal.handler] if appeal.handler else able)
    return True


def _move(appeal: Appeal, target: AppealState, **fields: object) -> None:
    """Compare and swap the state of an appeal."""
    movable = Appeal.objects.filter(pk=appeal.pk, state__in=APPEAL_REACHED_FROM[target])
    if not movable.update(state=target, revision=F("revision") + 1, **fields):
        raise WrongState(_("This was answered; reload the page."))
    appeal.refresh_from_db()


def _words(text: str, name: str) -> str:
    words = text.strip()
    if not SHORTEST <= len(words) <= LONGEST:
        raise InvalidInput(
            fields={name: _("Write between %(least)s and %(most)s characters.")
                    % {"least": SHORTEST, "most": LONGEST}}
        )  # fmt: skip
    return words
