"""Background jobs of the map: thin, primitives in."""

from smtplib import SMTPException

from django_tasks import task

from minka.knowledge.actions import exports, searches, visitor_letters, wave_letters, waves
from minka.knowledge.actions.claims import code_not_sent, code_sent, issue_code
from minka.knowledge.actions.freshness import letter_not_sent, letter_to_send
from minka.knowledge.actions.network_jobs import measure_each_month
from minka.knowledge.actions.snapshots import forget_unfinished, look_each_day, take_monthly
from minka.knowledge.notices import letters
from minka.knowledge.notices.letters import send_code_letter, send_confirmation_letter
from minka.knowledge.notices.surveys import send_invitation, send_reminder
from minka.knowledge.sources import intake
from minka.knowledge.sources.snapshot_file import write_lines


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
    """Find out which organisations of a finished import are which; returns what was done.

    Imports whose own job waits behind this one are resolved with it.
    """
    # what it compares with takes long to load, and only the worker needs it
    from minka.knowledge.actions import resolution  # noqa: PLC0415 -- only the worker links
    from minka.knowledge.sources.engine import LinkageEngine  # noqa: PLC0415 -- as above

    return resolution.resolve_waiting(import_id=import_id, engine=LinkageEngine())


@task()
def send_claim_code(claim_id: int, attempt: int = 1) -> str:
    """Make the code of a claim and send it; run again, it sends a new one and the old is void."""
    issued = issue_code(claim_id=claim_id, attempt=attempt)
    if issued is None:
        return "not waiting"
    claim, code = issued
    try:
        send_code_letter(claim=claim, code=code)
    except (SMTPException, OSError):
        code_not_sent(claim_id=claim_id, attempt=attempt)
        return "not sent"
    code_sent(claim_id=claim_id)
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
def send_correction_link(correction_id: int, attempt: int = 1) -> str:
    """Ask a visitor to confirm their address, unless the letter has gone out."""
    return _letter_to_visitor(correction_id, "link_sent_at", attempt)


@task()
def send_correction_answer(correction_id: int, attempt: int = 1) -> str:
    """Tell a visitor what was answered, unless the letter has gone out."""
    return _letter_to_visitor(correction_id, "answer_sent_at", attempt)


def _letter_to_visitor(correction_id: int, mark: str, attempt: int) -> str:
    correction = visitor_letters.letter_to_send(correction_id=correction_id, mark=mark)
    if correction is None:
        return "not wanted"
    is_link = mark == "link_sent_at"
    send = letters.send_correction_link if is_link else letters.send_correction_answer
    try:
        send(correction=correction)
    except (SMTPException, OSError):
        visitor_letters.letter_not_sent(correction_id=correction_id, mark=mark, attempt=attempt)
        return "not sent"
    return "sent"


@task()
def forget_correction_visitor(correction_id: int) -> str:
    """Delete what a visitor proposed and never confirmed, or their address after its time."""
    return visitor_letters.forget_visitor(correction_id=correction_id)


@task()
def measure_network() -> str:
    """Reckon the measures of the network, unless nothing has changed."""
    return _measure()


@task()
def measure_network_monthly() -> str:
    """Reckon the measures of the network as each month; the next is queued by itself."""
    return _measure()


def _measure() -> str:
    # the arrays take long to load, and only the worker needs them
    from minka.knowledge.actions.network import measure  # noqa: PLC0415 -- only the worker measures

    run = measure()
    measure_each_month()
    return f"run {run.pk}" if run else "unchanged"


@task()
def look_at_the_month() -> str:
    """Freeze the map for this month unless that was done; tomorrow's look is queued first."""
    look_each_day()
    forget_unfinished()
    snapshot = take_monthly(write=write_lines)
    return f"snapshot {snapshot.pk}" if snapshot else "there is one"


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


@task()
def look_at_search(search_id: int, number: int) -> str:
    """Tell the owner of a saved search whom it newly finds; the next look is queued."""
    return searches.look_at_search(search_id=search_id, number=number)


@task()
def make_export(export_id: int) -> str:
    """Make a file of the directory that somebody waits for."""
    from minka.knowledge.sources.exports import making  # noqa: PLC0415 -- only the worker prints

    return making.make_export(export_id=export_id)


@task()
def expire_export(export_id: int) -> str:
    """Delete the bytes of a file after its time."""
    return exports.expire_export(export_id=export_id)


@task()
def write_report(report_id: int) -> str:
    """Write an edition of the report on the ecosystem."""
    from minka.knowledge.sources.report import writing  # noqa: PLC0415 -- only the worker prints

    return writing.write_report(report_id=report_id)
