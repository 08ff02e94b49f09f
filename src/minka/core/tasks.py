"""Background jobs of the core: thin, primitives in."""

from django_tasks import task

from minka.core.delivery import deliver


@task()
def deliver_notice(notice_id: int) -> str:
    """Send the e-mail of one notice; returns where its delivery stands."""
    return deliver(notice_id=notice_id)
