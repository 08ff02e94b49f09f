"""Problems stated by people without an account: the invitation, its link, taking over.

`by` is missing where whoever holds the personal link acts; the ledger then names the invitation.
"""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.jobs import enqueue
from minka.core.models import User
from minka.innovation.actions.problem_content import ProblemContent, check_content
from minka.innovation.actions.problems import write_content
from minka.innovation.models import Edition, IntakeInvitation, Problem
from minka.innovation.notices.intake import tell_of_hand_over
from minka.innovation.queries.problems import current_edition
from minka.innovation.states import ProblemState
from minka.knowledge.models import Actor
from minka.knowledge.states import ActorKind

SEND = "minka.innovation.tasks.send_intake_letter"
LONGEST_DAYS = 90
MOST_PROBLEMS = 20
MAX_ATTEMPTS = 8  # of its letter
WORDS_MAX = 1000


@transaction.atomic
def invite_to_intake(  # noqa: PLR0913 -- what an invitation says
    *,
    by: User,
    company: Actor,
    email: str,
    person: str = "",
    user_area: str = "",
    words: str = "",
    language: str = "es",
    takes_several: bool = False,
    days: int = 21,
) -> IntakeInvitation:
    """Invite somebody of a user area by e-mail; the letter is queued in the same transaction.

    Raises:
        NotAllowed: `by` neither represents the company nor is of the cluster team.
        InvalidInput: the address, the days or the company make no sense, or an open invitation
            to this address is out.
        WrongState: no edition is current.
    """
    require(by, "innovation.intake_invite", company)
    email = email.strip().lower()
    _check_invitation(company, email, days, words)
    now = timezone.now()
    made = IntakeInvitation.objects.create(
        company=company,
        edition=_edition(),
        email=email,
        person=" ".join(person.split())[:120],
        user_area=" ".join(user_area.split())[:80],
        words=words.strip(),
        language=language,
        takes_several=takes_several,
        invited_by=by,
        invited_at=now,
        expires_at=now + timedelta(days=days),
    )
    data = {"company": company.public_id, "days": days, "several": takes_several}
    record(by=by, verb="innovation.intake_invite", obj=made, data=data)
    enqueue(SEND, made.pk)
    return made


@transaction.atomic
def revoke_intake(*, by: User, invitation: IntakeInvitation) -> IntakeInvitation:
    """Close a link before its time; what was written with it stays.

    Raises:
        NotAllowed: `by` neither represents the company nor is of the cluster team.
        WrongState: it is closed already.
    """
    require(by, "innovation.intake_invite", invitation.company)
    still_open = IntakeInvitation.objects.filter(pk=invitation.pk, revoked_at=None)
    if not still_open.update(revoked_at=timezone.now()):
        raise WrongState(_("This invitation was taken back already."))
    invitation.refresh_from_db()
    record(by=by, verb="innovation.intake_revoke", obj=invitation)
    return invitation


@transaction.atomic
def begin_by_invitation(*, invitation: IntakeInvitation, title: str) -> Problem:
    """Open a draft of the company that the invitation is for.

    No person: whoever holds the personal link.

    Raises:
        InvalidInput: there is no title.
        WrongState: the link is closed, or was for one problem, which there is.
    """
    held = _hold(invitation)
    check_content(ProblemContent(title=title))
    most = MOST_PROBLEMS if held.takes_several else 1
    if held.problems.count() >= most:
        raise WrongState(_("With this link no further problem can be stated."))
    problem = Problem.objects.create(
        edition=held.edition,
        company=held.company,
        author=None,
        invitation=held,
        title=title.strip(),
        user_area=held.user_area,
        language=held.language,
    )
    IntakeInvitation.objects.filter(pk=held.pk, opened_at=None).update(opened_at=timezone.now())
    record(by=None, verb="innovation.problem_start", obj=problem, data={"invitation": held.pk})
    return problem


@transaction.atomic
def save_by_invitation(
    *, invitation: IntakeInvitation, problem: Problem, revision: int, content: ProblemContent
) -> Problem:
    """Save what was written with a link; it may be incomplete.

    No person: whoever holds the personal link.

    Raises:
        InvalidInput: something cannot be stored.
        WrongState: the link is closed, or the company has taken the problem over.
        Conflict: it was saved on another device since.
    """
    _hold_problem(_hold(invitation), problem)
    return write_content(problem=problem, revision=revision, content=content)


@transaction.atomic
def hand_over(*, invitation: IntakeInvitation, problem: Problem) -> Problem:
    """Tell the company and the team that the problem is there to be taken over.

    No person: whoever holds the personal link. Handing over twice changes nothing.

    Raises:
        WrongState: the link is closed, or the company has taken the problem over.
    """
    held = _hold(invitation)
    kept = _hold_problem(held, problem)
    if kept.handed_over_at is None:
        Problem.objects.filter(pk=kept.pk).update(handed_over_at=timezone.now())
        data = {"invitation": held.pk}
        record(by=None, verb="innovation.problem_hand_over", obj=kept, data=data)
        tell_of_hand_over(problem=kept, invitation=held)
    problem.refresh_from_db()
    return problem


@transaction.atomic
def take_over(*, by: User, problem: Problem) -> Problem:
    """Make oneself answer for a problem that was written by invitation.

    Raises:
        NotAllowed: `by` does not represent the company, nor is of the team that it was handed to.
        WrongState: somebody has taken it over.
    """
    if problem.author_id is not None:
        raise WrongState(_("Somebody has taken this problem over already."))
    require(by, "innovation.problem_take_over", problem)
    waiting = Problem.objects.filter(pk=problem.pk, author=None, state=ProblemState.DRAFT)
    if not waiting.update(author=by, updated_at=timezone.now()):
        raise WrongState(_("Somebody has taken this problem over already."))
    problem.refresh_from_db()
    data = {"invitation": problem.invitation_id}
    record(by=by, verb="innovation.problem_take_over", obj=problem, data=data)
    return problem


@transaction.atomic
def letter_to_send(*, invitation_id: int) -> IntakeInvitation | None:
    """Take a letter in hand, once; None when somebody has, or its link is closed.

    No person: the job that sends it calls this.
    """
    waiting = IntakeInvitation.objects.filter(pk=invitation_id, sent_at=None, failed_at=None)
    found = waiting.select_related("company", "invited_by").first()
    if found is None or not found.is_open() or not waiting.update(sent_at=timezone.now()):
        return None
    return found


@transaction.atomic
def letter_not_sent(*, invitation_id: int, attempt: int) -> None:
    """Put a letter back that the mail server did not take, and try again later, eight times.

    No person: the job that could not send it calls this.
    """
    mine = IntakeInvitation.objects.filter(pk=invitation_id)
    if attempt >= MAX_ATTEMPTS:
        mine.update(sent_at=None, failed_at=timezone.now())
        return
    mine.update(sent_at=None)
    enqueue(SEND, invitation_id, attempt + 1, wait=timedelta(minutes=2**attempt))


def _check_invitation(company: Actor, email: str, days: int, words: str) -> None:
    wrong = {}
    try:
        validate_email(email)
    except ValidationError:
        wrong["email"] = _("Write an e-mail address, such as name@company.com.")
    if company.kind != ActorKind.MINING_COMPANY:
        wrong["company"] = _("Only mining companies state problems.")
    if not 1 <= days <= LONGEST_DAYS:
        wrong["days"] = _("Choose from 1 to 90 days.")
    if len(words) > WORDS_MAX:
        wrong["words"] = _("Write at most %(most)s characters.") % {"most": WORDS_MAX}
    same = IntakeInvitation.objects.filter(company=company, email=email, revoked_at=None)
    if not wrong and same.filter(expires_at__gt=timezone.now()).exists():
        wrong["email"] = _("This address has an open invitation already.")
    if wrong:
        raise InvalidInput(fields=wrong)


def _hold(invitation: IntakeInvitation) -> IntakeInvitation:
    held = IntakeInvitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if not held.is_open():
        raise WrongState(_("This link is no longer open."))
    return held


def _hold_problem(held: IntakeInvitation, problem: Problem) -> Problem:
    """Return the problem of this very invitation, locked against being taken over meanwhile."""
    locked = Problem.objects.select_for_update(of=("self",))
    kept = locked.filter(pk=problem.pk, invitation=held).first()
    if kept is None or kept.author_id is not None:
        raise WrongState(_("Your company has taken this problem over; it goes on there."))
    return kept


def _edition() -> Edition:
    edition = current_edition()
    if edition is None:
        raise WrongState(_("No edition is open at present. The cluster team opens the next one."))
    return edition
