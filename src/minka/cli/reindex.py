"""`minka reindex`: make what search looks into anew."""

import click

from minka.cli import start_django


@click.command("reindex")
def command() -> None:
    """Make the search index anew, from what the map holds; the site can be in use meanwhile."""
    start_django()
    from minka.knowledge.actions.search_index import rebuild_index

    click.echo(f"{rebuild_index():,} organisations can be found.")
