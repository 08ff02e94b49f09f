"""The team asks evaluators to look at proposals."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from minka.core.models import User
from minka.innovation.actions.calls import closed_call
from minka.innovation.actions.evaluation_checks import LONGEST, check_impartial, reason_of
from minka.innovation.actions.reminders import plan_warning
from minka.innovation.models import Absence, Assignment, Challenge, Proposal, RedactedCopy
from minka.innovation.notices.evaluations import tell_assigned, tell_released
from minka.innovation.queries.assignment_plan import Plan, Wishes, plan_assignment, table_digest
from minka.innovation.queries.conflicts import conflicts
from minka.innovation.queries.evaluation_modes import mode_of
from minka.innovation.queries.evaluations import candidates, competitors
from minka.innovation.queries.evaluators import absent_from, kinds_of
from minka.innovation.states import ASSIGNMENT_OPEN, BlindMode, EvaluatorKind, Gate, ProposalState

SHORTEST = 10  # characters of a reason
GATES = {EvaluatorKind.TECHNICAL: Gate.TECHNICAL, EvaluatorKind.OPERATIONAL: Gate.OPERATIONAL}
Pair = tuple[int, int]  # proposal id, evaluator id


@transaction.atomic
def assign_evaluators(
    *, by: User, challenge: Challenge, pairs: Collection[Pair], reason: str = ""
) -> list[Assignment]:
    """Assign evaluators to proposals and return what is new; known pairs change nothing.

    Whoever has a conflict of interest that was not lifted is refused, whether it is computed or
    was declared; so is whoever dropped out. Each evaluator fills the gate of the side from which
    they look, and is told once. In a double-blind challenge the redacted copy has to be confirmed.

    Raises:
        NotAllowed: `by` is not of the team, competes, or has a conflict with one of the proposals.
        WrongState: the call has not closed, or its decisions are released.
        InvalidInput: somebody is not in the pool, has a conflict, dropped out, or a proposal is
            not of the challenge or has no confirmed copy where one is needed.
    """
    require(by, "innovation.evaluator_assign", challenge)
    closed_call(challenge.pk)
    standing = Proposal.objects.filter(
        challenge=challenge, state=ProposalState.SUBMITTED, ineligible_at__isnull=True
    )
    proposals = standing.in_bulk({proposal for proposal, _person in pairs})
    people = {p.pk: p for p in candidates().filter(pk__in={person for _proposal, person in pairs})}
    known = set(
        Assignment.objects.filter(proposal__in=proposals).values_list("proposal_id", "evaluator_id")
    )
    _check_pairs(challenge, pairs, proposals, people)
    _check_copies(challenge, proposals)
    _check_conflicts(by, set(pairs) - known, proposals, people)
    words = reason.strip()[:LONGEST]
    kinds = kinds_of(people=people.values())
    fresh = [
        _assign(by, proposals[proposal_id], people[person_id], kinds[person_id], words)
        for proposal_id, person_id in sorted(set(pairs) - known)
    ]
    for person in people.values():
        if own := [a for a in fresh if a.evaluator_id == person.pk]:
            tell_assigned(evaluator=person, challenge=challenge, assignments=own)
    if fresh:
        plan_warning(challenge)
    return fresh


def apply_plan(*, by: User, challenge: Challenge, wishes: Wishes, fingerprint: str) -> Plan:
    """Assign as was proposed: all of it or nothing, and exactly what `by` has seen.

    It is solved before anything is locked; under the lock only what it was solved from is read
    again and compared, so that a call never waits for a solver.

    Raises:
        NotAllowed: `by` is not of the team, or competes in the challenge.
        WrongState: the call has not closed, or its decisions are released.
        InvalidInput: what is wished cannot be met.
        Conflict: something changed since the proposal with this fingerprint was shown.
    """
    require(by, "innovation.evaluator_assign", challenge)
    plan = plan_assignment(viewer=by, challenge=challenge, wishes=wishes)
    with transaction.atomic():
        closed_call(challenge.pk)
        if not plan.is_possible:
            raise InvalidInput(_("What is asked for cannot be met; see why on the page."))
        solved_from = table_digest(viewer=by, challenge=challenge, wishes=wishes)
        if plan.fingerprint != fingerprint or solved_from != plan.digest:
            raise Conflict(_("Something changed since this was proposed. Please look at it again."))
        for assignment in plan.released:
            _release(by, assignment, _("Proposed anew around the rest."))
        assign_evaluators(by=by, challenge=challenge, pairs=plan.fresh)
        _tell_released(challenge, plan.released, {person for _proposal, person in plan.fresh})
        record(
            by=by, verb="innovation.assignment_apply", obj=challenge, data={
                "new": len(plan.fresh), "released": len(plan.released), "fingerprint": fingerprint,
            },
        )  # fmt: skip
    return plan


@transaction.atomic
def remove_assignment(*, by: User, assignment: Assignment, reason: str) -> None:
    """Take an assignment back as long as the evaluator has scored nothing.

    Raises:
        NotAllowed: `by` is not of the team, competes, or has a conflict with the proposal.
        InvalidInput: the reason is too short.
        WrongState: the evaluation was begun, or the decisions are released.
    """
    proposal = assignment.proposal
    require(by, "innovation.evaluator_assign", proposal.challenge)
    check_impartial(by=by, proposals=[proposal])
    closed_call(proposal.challenge_id)
    words = reason_of(reason, least=SHORTEST)
    if not _unstarted().filter(pk=assignment.pk).exists():
        raise WrongState(_("This evaluation was begun; it stays on record."))
    _release(by, assignment, words)
    _tell_released(proposal.challenge, [assignment], set())


@transaction.atomic
def drop_out(*, by: User, challenge: Challenge, person: User, reason: str) -> list[Assignment]:
    """Note that somebody drops out, take back what they have not begun and return it.

    What was begun or handed in stays. Nothing more is assigned to them in this challenge.

    Raises:
        NotAllowed: `by` is not of the team, competes in the challenge, or has a conflict with a
            proposal that the person was asked to evaluate.
        InvalidInput: the reason is too short.
        WrongState: they dropped out already, or the decisions are released.
    """
    require(by, "innovation.evaluator_assign", challenge)
    closed_call(challenge.pk)
    _check_duties(by, challenge, person)
    words = reason_of(reason, least=SHORTEST)
    absence, is_new = Absence.objects.get_or_create(
        challenge=challenge, person=person, defaults={"reason": words, "stated_by": by}
    )
    if not is_new:
        raise WrongState(_("This person has dropped out already."))
    record(
        by=by, verb="innovation.evaluator_drop_out", obj=challenge,
        data={"evaluator": absence.person_id, "reason": words},
    )  # fmt: skip
    unstarted = list(
        _unstarted()
        .filter(proposal__challenge=challenge, evaluator=person)
        .select_related("proposal", "evaluator")
    )
    for assignment in unstarted:
        _release(by, assignment, words)
    _tell_released(challenge, unstarted, set())
    return unstarted


@transaction.atomic
def come_back(*, by: User, challenge: Challenge, person: User) -> None:
    """Note that somebody who dropped out can be asked again.

    Raises:
        NotAllowed: as for dropping out.
        WrongState: they had not dropped out, or the decisions are released.
    """
    require(by, "innovation.evaluator_assign", challenge)
    closed_call(challenge.pk)
    _check_duties(by, challenge, person)
    if not Absence.objects.filter(challenge=challenge, person=person).delete()[0]:
        raise WrongState(_("This person had not dropped out."))
    record(by=by, verb="innovation.evaluator_return", obj=challenge, data={"evaluator": person.pk})


def _check_duties(by: User, challenge: Challenge, person: User) -> None:
    """Whoever may not know who evaluates a proposal does not decide about that person either."""
    asked = Proposal.objects.filter(challenge=challenge, assignments__evaluator=person)
    check_impartial(by=by, proposals=asked.exclude(state=ProposalState.WITHDRAWN).distinct())


def _unstarted() -> QuerySet[Assignment]:
    """Match evaluations in which nobody has written anything."""
    return Assignment.objects.filter(state__in=ASSIGNMENT_OPEN, scores__isnull=True, remark="")


def _check_pairs(
    challenge: Challenge,
    pairs: Collection[Pair],
    proposals: dict[int, Proposal],
    people: dict[int, User],
) -> None:
    competing, absent = competitors(challenge=challenge), absent_from(challenge=challenge)
    for proposal_id, person_id in pairs:
        if proposal_id not in proposals:
            raise InvalidInput(_("One of these proposals cannot be evaluated any more."))
        if person_id not in people:
            raise InvalidInput(_("One of these people is not in the pool of evaluators."))
        if person_id in competing:
            raise InvalidInput(
                _("%(name)s belongs to an organisation that answers this challenge.")
                % {"name": people[person_id]}
            )
        if person_id in absent:
            raise InvalidInput(_("%(name)s has dropped out.") % {"name": people[person_id]})


def _check_copies(challenge: Challenge, proposals: dict[int, Proposal]) -> None:
    if mode_of(challenge) != BlindMode.DOUBLE:
        return
    ready = RedactedCopy.objects.filter(proposal__in=proposals, confirmed_at__isnull=False)
    waiting = set(proposals) - set(ready.values_list("proposal_id", flat=True))
    if waiting:
        raise InvalidInput(
            _("Confirm first the redacted copy of: %(titles)s.")
            % {"titles": ", ".join(str(proposals[pk]) for pk in sorted(waiting))}
        )


def _check_conflicts(
    by: User, pairs: Collection[Pair], proposals: dict[int, Proposal], people: dict[int, User]
) -> None:
    known = conflicts(proposals=proposals.values(), people=[*people.values(), by])
    for proposal_id, person_id in sorted(pairs):
        if known.standing(proposal_id, by.pk):
            raise NotAllowed
        if known.standing(proposal_id, person_id):
            raise InvalidInput(
                _("%(name)s has a conflict of interest with %(lead)s.")
                % {"name": people[person_id], "lead": proposals[proposal_id].lead.name}
            )


def _assign(
    by: User, proposal: Proposal, person: User, kind: EvaluatorKind, reason: str
) -> Assignment:
    assignment = Assignment.objects.create(
        proposal=proposal, evaluator=person, assigned_by=by, gate=GATES[kind]
    )
    data = {
        "evaluator": person.pk,
        "gate": assignment.gate,
        **({"reason": reason} if reason else {}),
    }
    record(by=by, verb="innovation.evaluator_assign", obj=proposal, data=data)
    return assignment


def _release(by: User, assignment: Assignment, reason: str) -> None:
    record(
        by=by, verb="innovation.evaluator_remove", obj=assignment.proposal,
        data={"evaluator": assignment.evaluator_id, "reason": reason, "state": assignment.state},
    )  # fmt: skip
    Assignment.objects.filter(pk=assignment.pk).delete()


def _tell_released(
    challenge: Challenge, released: Collection[Assignment], asked_anew: set[int]
) -> None:
    """Tell each person once how much less they have to do; not whoever is written to anyway."""
    people = {one.evaluator_id: one.evaluator for one in released}
    for pk, person in people.items():
        if pk not in asked_anew:
            count = sum(one.evaluator_id == pk for one in released)
            tell_released(evaluator=person, challenge=challenge, count=count)
