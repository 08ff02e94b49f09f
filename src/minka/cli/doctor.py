"""`minka doctor`: say whether this installation is well."""

import sys

import click

from minka.cli import start_django


@click.command("doctor")
def command() -> None:
    """Check a running installation and say what to do about what is wrong."""
    start_django()
    from rich.console import Console
    from rich.table import Table

    from minka.core.health import checks
    from minka.innovation.queries.server_keys import locked_drafts_open, receipts_are_ours

    table = Table(show_header=False, box=None)
    ill = False
    for finding in checks([locked_drafts_open, receipts_are_ours]):
        ill = ill or not finding.good
        mark = "[green]✓[/]" if finding.good else "[red]✗[/]"
        advice = f"\n[yellow]{finding.advice}[/]" if finding.advice and not finding.good else ""
        table.add_row(mark, finding.name, f"{finding.seen}{advice}")
    Console().print(table)
    sys.exit(1 if ill else 0)
