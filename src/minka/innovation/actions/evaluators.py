"""The pool: what an evaluator says of themselves, and the interests that they declare."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.models import User
from minka.innovation.actions.evaluation_checks import check_impartial
from minka.innovation.models import EvaluatorProfile, Interest, Proposal
from minka.innovation.models.evaluators import USUAL_LOAD
from minka.innovation.queries.evaluations import candidates
from minka.innovation.queries.evaluators import default_kind
from minka.innovation.states import ChallengeState, EvaluatorKind, EvaluatorScope, ProposalState
from minka.knowledge.models import Actor, Theme
from minka.knowledge.states import MembershipState

LOADS = range(1, 61)
LONGEST = 4_000  # characters


@dataclass(frozen=True)
class Competence:
    """What somebody can judge, and how much; both may write it, themselves and the team."""

    themes: Collection[Theme] = ()
    expertise: str = ""
    reads_spanish: bool = True
    reads_english: bool = False
    max_load: int = USUAL_LOAD
    available_from: date | None = None
    available_until: date | None = None


@dataclass(frozen=True)
class Side:
    """From which side somebody evaluates; only the team says so."""

    kind: str
    scope: str = ""


@transaction.atomic
def describe_evaluator(
    *, by: User, person: User, competence: Competence, side: Side
) -> EvaluatorProfile:
    """Write what an evaluator can judge and bear.

    Of somebody who is not of the team `side` has to be what it was, or what it would be.

    Raises:
        NotAllowed: it is neither oneself nor by the team, or oneself would change the side.
        InvalidInput: a value makes no sense, or the person is not in the pool.
    """
    require(by, "innovation.evaluator_describe", person)
    if not candidates().filter(pk=person.pk).exists():
        raise InvalidInput(_("One of these people is not in the pool of evaluators."))
    if side != side_of(person=person):
        require(by, "innovation.evaluators_keep")
    _check(competence, side)
    values = {
        "kind": side.kind,
        "scope": side.scope,
        "expertise": competence.expertise.strip(),
        "reads_spanish": competence.reads_spanish,
        "reads_english": competence.reads_english,
        "max_load": competence.max_load,
        "available_from": competence.available_from,
        "available_until": competence.available_until,
    }
    profile, _made = EvaluatorProfile.objects.update_or_create(person=person, defaults=values)
    profile.themes.set(competence.themes)
    record(by=by, verb="innovation.evaluator_describe", obj=profile)
    return profile


def side_of(*, person: User) -> Side:
    """No person: return from which side somebody evaluates, as was said or goes without saying."""
    known = EvaluatorProfile.objects.filter(person=person).first()
    if known is not None:
        return Side(known.kind, known.scope)
    active = person.memberships.filter(state=MembershipState.ACTIVE)
    return Side(default_kind(active))


@transaction.atomic
def state_interest(*, by: User, person: User, actor: Actor, reason: str) -> Interest:
    """Declare an organisation that a person cannot judge: from now on its proposals are closed.

    Raises:
        NotAllowed: it is neither oneself, nor by somebody of the team who answers no challenge
            and may judge what that organisation proposes.
        InvalidInput: there is no reason.
        WrongState: it is declared already.
    """
    require(by, "innovation.interest_keep", person)
    _check_distance(by, person, actor)
    words = reason.strip()[:LONGEST]
    if not words:
        raise InvalidInput(fields={"reason": _("Say in a few words what the conflict is.")})
    try:
        with transaction.atomic():
            made = Interest.objects.create(person=person, actor=actor, reason=words, stated_by=by)
    except IntegrityError:
        raise WrongState(_("An interest in this organisation is declared already.")) from None
    record(by=by, verb="innovation.interest_state", obj=made, data={"person": person.pk})
    return made


@transaction.atomic
def withdraw_interest(*, by: User, interest: Interest) -> None:
    """Take a declared interest back: what the team found, only the team takes back.

    Raises:
        NotAllowed: it is neither one's own, nor is `by` somebody else of the impartial team.
        WrongState: it was taken back already.
    """
    require(by, "innovation.interest_keep", interest.person)
    _check_distance(by, interest.person, interest.actor)
    if interest.stated_by_id != by.pk or by.pk != interest.person_id:
        require(by, "innovation.evaluators_keep")
    if interest.stated_by_id != interest.person_id and by.pk == interest.person_id:
        raise WrongState(_("Somebody else of the team has to take this back."))
    taken = Interest.objects.filter(pk=interest.pk, withdrawn_at__isnull=True)
    if not taken.update(withdrawn_at=timezone.now()):
        raise WrongState(_("This was taken back already."))
    record(
        by=by, verb="innovation.interest_withdraw", obj=interest,
        data={"person": interest.person_id},
    )  # fmt: skip


def _check_distance(by: User, person: User, actor: Actor) -> None:
    """Of others, interests are for whoever may judge what the organisation proposes themselves."""
    if by.pk == person.pk:
        return
    led = Proposal.objects.filter(lead=actor, state=ProposalState.SUBMITTED)
    check_impartial(by=by, proposals=led.exclude(challenge__state=ChallengeState.DECIDED))


def _check(competence: Competence, side: Side) -> None:
    wrong: dict[str, str] = {}
    if side.kind not in EvaluatorKind.values:
        wrong["kind"] = _("Choose from which side this person evaluates.")
    if side.scope and (
        side.kind != EvaluatorKind.TECHNICAL or side.scope not in EvaluatorScope.values
    ):
        wrong["scope"] = _("Only experts are national or international.")
    if not (competence.reads_spanish or competence.reads_english):
        wrong["reads_spanish"] = _("Choose at least one language.")
    if competence.max_load not in LOADS:
        wrong["max_load"] = _("Give a number from 1 to 60.")
    if len(competence.expertise) > LONGEST:
        wrong["expertise"] = _("Write at most %(most)s characters.") % {"most": LONGEST}
    begin, end = competence.available_from, competence.available_until
    if begin and end and end < begin:
        wrong["available_until"] = _("This is before the first day.")
    if wrong:
        raise InvalidInput(fields=wrong)
