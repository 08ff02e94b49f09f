"""What every test may ask for."""

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as property_settings

from tests.services.smtp import Mailbox, mailbox

# How long an example takes is never what a test claims: a busy machine is not a fault.
property_settings.register_profile(
    "minka", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
property_settings.load_profile("minka")

TRANSACTIONAL = {
    "transactional_db",
    "live_server",
    "django_db_reset_sequences",
    "django_db_serialized_rollback",
}


ON_A_DATABASE = {"db", "transactional_db", "live_server", "installation"}
GARBAGE_AFTER = 10_000  # things made and not yet let go; Python begins at 700


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--on-database",
        action="store_true",
        help="leave out what never touches the database: it holds alike on each",
    )


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Iterator[object]:
    """Look for garbage in what the tests make, less often, and not among the modules.

    Those stay until the end, and going through them time and again was a tenth of all work.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(GARBAGE_AFTER, 10, 10)
        gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what the database in use could not tell apart, or does not have."""
    wanted = items
    if config.getoption("--on-database"):
        wanted = [item for item in wanted if _touches_database(item)]
    if connection.vendor != "postgresql":
        wanted = [item for item in wanted if item.get_closest_marker("only_postgresql") is None]
    kept = set(wanted)
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = wanted


def _touches_database(item: pytest.Item) -> bool:
    """Any other test is refused a database by pytest-django."""
    asked = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(ON_A_DATABASE & asked)


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


@pytest.fixture(autouse=True)
def _rail_counts_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every page count what waits, so that it costs the same the first time and the next."""
    if settings.configured:
        from minka.knowledge.queries import questions

        monkeypatch.setattr(questions, "ON_RAIL_S", 0)
        questions.forget_rail()


@pytest.fixture
def smtp_server() -> Iterator[Mailbox]:
    """A real SMTP server that keeps what it gets; point EMAIL_HOST and EMAIL_PORT at it."""
    with mailbox() as box:
        yield box


@pytest.fixture
def installation(django_db_setup: None, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The variables of an installation of its own, with empty tables, for other processes."""
    from tests.services.tables import installed

    with installed(tmp_path / "installation") as variables:
        yield variables
