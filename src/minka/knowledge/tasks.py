"""Background jobs of the map: thin, primitives in."""

from smtplib import SMTPException

from django_tasks import task

from minka.knowledge.actions import resolution
from minka.knowledge.actions.claims import issue_code
from minka.knowledge.actions.freshness import letter_not_sent, letter_to_send
from minka.knowledge.notices.letters import send_code_letter, send_confirmation_letter
from minka.knowledge.sources import intake
from minka.knowledge.sources.engine import engine


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
    return resolution.resolve_import(import_id=import_id, engine=engine())


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
