"""`minka doctor`: is this installation well?"""

import sys

import click

from minka.cli import start_django


@click.command("doctor")
def command() -> None:
    """Check a running installation and say what to do about what is wrong."""
    start_django()
    from minka.core.health import checks
    from rich.console import Console
    from rich.table import Table

    table = Table(show_header=False, box=None)
    ill = False
    for check in checks():
        ill = ill or not check.well
        table.add_row("[green]✓[/]" if check.well else "[red]✗[/]", check.name, check.detail)
    Console().print(table)
    sys.exit(1 if ill else 0)
