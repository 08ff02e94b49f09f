"""`minka verify`: prove the ledger whole."""

import click

from minka.cli import start_django


@click.command("verify")
@click.option("--expect", default="", metavar="HASH", help="A head noted earlier: still there?")
def command(expect: str) -> None:
    """Recompute the ledger and say exactly where it breaks, if it does."""
    start_django()
    from minka.core.ledger import unguarded_triggers, verify_ledger

    found = verify_ledger(expect=expect)
    if not found.whole:
        raise click.ClickException(f"the ledger breaks at entry {found.broken_at}: {found.reason}")
    if missing := unguarded_triggers():
        raise click.ClickException(
            f"the ledger is whole, but unguarded: run migrate to put back {', '.join(missing)}"
        )
    click.echo(f"The ledger is whole: {found.entries} entries.")
    click.echo(f"Head: {found.head}")
