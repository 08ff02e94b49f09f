"""`minka prepare`: bring an installation up to date before it is served."""

import click

from minka.cli import start_django


@click.command("prepare")
def command() -> None:
    """Bring tables, reference data and static files up to date; nothing is done twice."""
    start_django()
    from minka.cli.prepare import bring_up_to_date, console

    bring_up_to_date()
    console.print("[green]This installation is ready to be served.[/]")
