"""`minka demo`: fill an empty database with the demonstration cluster."""

import click

from minka.cli import start_django


@click.command("demo")
def command() -> None:
    """Load the demonstration cluster into an empty database."""
    start_django()
    from django.contrib.auth import get_user_model

    from minka.cli.prepare import (
        accounts_table,
        console,
        load_with_progress,
        make_keys,
        migrate_when_due,
    )

    migrate_when_due()
    make_keys()
    if get_user_model().objects.exists():
        raise click.ClickException("there are people in this database; the demo needs an empty one")
    load_with_progress()
    console.print(accounts_table())
