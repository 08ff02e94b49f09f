"""What has to be in order before Minka serves: keys, tables, places, files, demo, orphaned jobs."""

from datetime import timedelta

import click
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from rich.console import Console, Group
from rich.table import Table

from minka.cli.static import collect_when_stale
from minka.core.delivery import recover_stuck
from minka.core.jobs import requeue_orphans
from minka.core.server_keys import make_missing_keys
from minka.innovation.actions.agreement_reminders import look_each_day_at_agreements
from minka.innovation.queries.server_keys import secrets_in_use
from minka.knowledge.actions.search_index import ensure_index
from minka.knowledge.actions.snapshots import look_each_day
from minka.knowledge.sources.reference import ensure_reference_data

console = Console(highlight=False)


def prepare() -> None:
    """Bring database and static files up to date; do nothing that was done before."""
    bring_up_to_date()
    if settings.MINKA_DEMO and not get_user_model().objects.exists():
        load_with_progress()
    requeue_orphans()  # the worker that starts next is the only one
    recover_stuck(now_stuck_after=timedelta())


def bring_up_to_date() -> None:
    """Make or apply what is missing: migrations, keys, cache tables, reference data, statics."""
    migrate_when_due()
    make_keys()
    call_command("createcachetable", verbosity=0)  # does nothing where the cache needs no table
    ensure_reference_data()
    ensure_index()
    look_each_day()
    look_each_day_at_agreements()
    with console.status("Gathering the static files …"):
        collect_when_stale()


def make_keys() -> None:
    """Make the keys of a new installation, and never others in the place of those of an old one.

    Raises:
        ClickException: a key is not there that drafts or receipts were made with.
    """
    try:
        make_missing_keys(in_use=secrets_in_use())
    except ImproperlyConfigured as error:
        raise click.ClickException(str(error)) from error


def migrate_when_due() -> bool:
    """Apply the migrations that are missing; return True if there were any."""
    executor = MigrationExecutor(connection)
    due = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if not due:
        return False
    with console.status(f"Preparing the database ({due} steps) …"):
        call_command("migrate", interactive=False, verbosity=0)
    return True


def load_with_progress() -> None:
    """Load the demo cluster and show how far it is."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from minka.cli.demo.load import load_demo

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task("Loading the demonstration cluster", total=None)

        def tell(what: str, done: int, total: int) -> None:
            progress.update(bar, description=what, completed=done, total=total)

        load_demo(progress=tell)


def accounts_table() -> Group:
    """Return the accounts of the demo, one per role, and the custodians of its sealed call."""
    from minka.cli.demo import ACCOUNTS, PASSWORD
    from minka.cli.demo.ecosystem import load_content
    from minka.cli.demo.steps.sealing import shares_folder

    table = Table(title=f"Demonstration accounts, password: {PASSWORD}", title_justify="left")
    for heading in ("role", "e-mail", "name"):
        table.add_column(heading)
    for account in ACCOUNTS:
        table.add_row(account.role, account.email, account.name)
    title = f"Custodians of the sealed call; their shares: {shares_folder()}"
    custodians = Table(title=title, title_justify="left")
    for heading in ("e-mail", "passphrase of the share"):
        custodians.add_column(heading)
    emails = {row["key"]: row["email"] for row in load_content("people")}
    for row in load_content("custodians"):
        custodians.add_row(emails[row["person"]], row["passphrase"])
    return Group(table, custodians)
