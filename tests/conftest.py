"""What every test may ask for."""

import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings

from tests.services.smtp import Mailbox, mailbox

TRANSACTIONAL = {
    "transactional_db",
    "live_server",
    "django_db_reset_sequences",
    "django_db_serialized_rollback",
}


def pytest_unconfigure() -> None:
    """Remove the folder that the test settings made for this process."""
    if settings.configured:
        shutil.rmtree(settings.MINKA_DATA, ignore_errors=True)


@pytest.fixture(autouse=True)
def _ledger_steps_aside(request: pytest.FixtureRequest) -> Iterator[None]:
    """Lift the ledger's guard before a transactional test empties the tables.

    Such a test commits, so its rows are removed by emptying every table, which the ledger's
    triggers refuse, as they should. They return with the `post_migrate` that follows.
    """
    marker = request.node.get_closest_marker("django_db")
    commits = bool(marker and marker.kwargs.get("transaction")) or bool(
        TRANSACTIONAL & set(request.fixturenames)
    )
    if not commits:
        yield
        return
    request.getfixturevalue("transactional_db")  # set up before us, so torn down after us
    yield
    from tests.services.ledger import lift_guard

    lift_guard()


@pytest.fixture
def smtp_server() -> Iterator[Mailbox]:
    """A real SMTP server that keeps what it gets; point EMAIL_HOST and EMAIL_PORT at it."""
    with mailbox() as box:
        yield box
