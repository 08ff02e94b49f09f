"""Background jobs of open innovation: thin, primitives in."""

from smtplib import SMTPException

from django_tasks import task

from minka.innovation.actions import agreement_reminders, intake, partner_letters, reminders
from minka.innovation.actions.appeals import remind
from minka.innovation.actions.copy_reminders import ask_for_copies
from minka.innovation.actions.corrections import due_reminder
from minka.innovation.actions.invitations import letter_not_sent, letter_to_send
from minka.innovation.models import Challenge
from minka.innovation.notices.eligibility import tell_correction_reminder
from minka.innovation.notices.intake import send_intake_letter as send_intake_mail
from minka.innovation.notices.invitations import send_solver_letter
from minka.innovation.notices.partner_letters import send_letter as send_partner_mail


@task()
def send_solver_invitation(invitation_id: int, attempt: int = 1) -> bool:
    """Send one invitation to a challenge; returns whether the mail server took it."""
    invitation = letter_to_send(invitation_id=invitation_id)
    if invitation is None:
        return False
    try:
        send_solver_letter(invitation=invitation)
    except (SMTPException, OSError):
        letter_not_sent(invitation_id=invitation_id, attempt=attempt)
        return False
    return True


@task()
def send_intake_letter(invitation_id: int, attempt: int = 1) -> bool:
    """Send the personal link of one invitation to state problems; a second run sends nothing."""
    invitation = intake.letter_to_send(invitation_id=invitation_id)
    if invitation is None:
        return False
    try:
        send_intake_mail(invitation=invitation)
    except (SMTPException, OSError):
        intake.letter_not_sent(invitation_id=invitation_id, attempt=attempt)
        return False
    return True


@task()
def send_partner_letter(letter_id: int, attempt: int = 1) -> bool:
    """Send the letter that asks for a partner; a second run sends nothing."""
    letter = partner_letters.letter_to_send(letter_id=letter_id)
    if letter is None:
        return False
    try:
        send_partner_mail(letter=letter)
    except (SMTPException, OSError):
        partner_letters.letter_not_sent(letter_id=letter_id, attempt=attempt)
        return False
    return True


@task()
def end_partner_letter(letter_id: int) -> bool:
    """Forget the address of a letter that nobody answered in its time."""
    return partner_letters.letter_expires(letter_id=letter_id)


@task()
def remind_of_correction(request_id: int) -> bool:
    """Remind a solver of a formal defect to mend, once, unless it was answered meanwhile."""
    found = due_reminder(request_id=request_id)
    if found is None:
        return False
    tell_correction_reminder(request=found)
    return True


@task()
def draw_study(study_id: int) -> str:
    """Make the draws of a kept version of the shortlist study."""
    from minka.innovation.sources import study_jobs  # noqa: PLC0415 -- only the worker reckons

    return study_jobs.draw_study(study_id=study_id)


@task()
def verify_study(study_id: int) -> str:
    """Recompute a kept version and compare."""
    from minka.innovation.sources import study_jobs  # noqa: PLC0415 -- only the worker reckons

    return study_jobs.verify_study(study_id=study_id)


@task()
def print_pack(pack_id: int) -> str:
    """Print the decision pack of a version."""
    from minka.innovation.sources.decision_pack import printing  # noqa: PLC0415 -- only the worker

    return printing.print_pack(pack_id=pack_id)


@task()
def print_agreement(version_id: int) -> str:
    """Print the PDF of a text that all parties signed, and sign it as the server."""
    from minka.innovation.sources.agreement_paper import printing  # noqa: PLC0415 -- only the worker

    return printing.print_agreement(version_id=version_id)


@task()
def remind_of_milestones() -> int:
    """Remind of what is due in agreements; the next look is queued by itself."""
    told = agreement_reminders.remind_of_milestones()
    agreement_reminders.look_each_day_at_agreements()
    return told


@task()
def warn_evaluators(challenge_id: int) -> int:
    """Warn evaluators of what is due soon; a second run warns nobody twice."""
    return reminders.warn_before_due(challenge_id=challenge_id)


@task()
def remind_of_copies(challenge_id: int) -> int:
    """Remind the team of redacted copies that lack what was opened; returns how many wait."""
    return ask_for_copies(challenge=Challenge.objects.get(pk=challenge_id))


@task()
def print_letter(letter_id: int) -> str:
    """Print the letter to a solver, once."""
    from minka.innovation.sources import letter_pages  # noqa: PLC0415 -- only the worker prints

    return letter_pages.print_letter(letter_id=letter_id).sha256


@task()
def remind_appeal(appeal_id: int) -> bool:
    """Say that an answer is due soon; returns whether there was none yet."""
    return remind(appeal_id=appeal_id)
