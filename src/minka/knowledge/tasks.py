"""Background jobs of the map: thin, primitives in."""

from smtplib import SMTPException

from django_tasks import task

from minka.knowledge.actions import wave_letters, waves
from minka.knowledge.actions.claims import issue_code
from minka.knowledge.actions.freshness import letter_not_sent, letter_to_send
from minka.knowledge.notices.letters import send_code_letter, send_confirmation_letter
from minka.knowledge.notices.surveys import send_invitation, send_reminder
from minka.knowledge.sources import intake


@task()
def run_import(import_id: int) -> str:
    """Keep the rows of a confirmed import; returns how it ended."""
    return intake.run_import(import_id=import_id)


@task()
def undo_import(import_id: int) -> str:
    """Take an import back; returns how it ended."""
    return intake.take_back(import_id=import_id)


@task()
def resolve_import(import_id: int) -> dict[str, int]:
    """Find out which organisations of a finished import are which; returns what was done."""
    # what it compares with takes long to load, and only the worker needs it
    from minka.knowledge.actions import resolution  # noqa: PLC0415
    from minka.knowledge.sources.engine import LinkageEngine  # noqa: PLC0415

    return resolution.resolve_import(import_id=import_id, engine=LinkageEngine())


@task()
def send_claim_code(claim_id: int) -> str:
    """Make the code of a claim and send it; run again, it sends a new one and the old is void."""
    issued = issue_code(claim_id=claim_id)
    if issued is None:
        return "not waiting"
    claim, code = issued
    send_code_letter(claim=claim, code=code)
    return "sent"


@task()
def send_confirmation(confirmation_id: int, attempt: int = 1) -> str:
    """Send the letter of one confirmation, unless it has gone out; try again when it cannot."""
    confirmation = letter_to_send(confirmation_id=confirmation_id)
    if confirmation is None:
        return "sent before"
    try:
        send_confirmation_letter(confirmation=confirmation)
    except (SMTPException, OSError):
        letter_not_sent(confirmation_id=confirmation_id, attempt=attempt)
        return "not sent"
    return "sent"


@task()
def look_at_wave(wave_id: int, number: int) -> str:
    """Remind of an open wave, or close it when its time is over; the next look is queued."""
    return waves.look_at_wave(wave_id=wave_id, number=number)


@task()
def send_survey_invitation(response_id: int, attempt: int = 1) -> str:
    """Send one invitation, unless it has gone out; try again when it cannot."""
    response = wave_letters.invitation_to_send(response_id=response_id)
    if response is None:
        return "not wanted"
    try:
        send_invitation(response=response)
    except (SMTPException, OSError):
        wave_letters.invitation_not_sent(response_id=response_id, attempt=attempt)
        return "not sent"
    return "sent"


@task()
def send_survey_reminder(response_id: int, number: int, attempt: int = 1) -> str:
    """Send one reminder, unless it has gone out or is not needed any more."""
    response = wave_letters.reminder_to_send(response_id=response_id, number=number)
    if response is None:
        return "not wanted"
    try:
        send_reminder(response=response)
    except (SMTPException, OSError):
        wave_letters.reminder_not_sent(response_id=response_id, number=number, attempt=attempt)
        return "not sent"
    return "sent"
