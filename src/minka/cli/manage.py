"""`minka manage …`: any command of Django."""

import sys

import click

from minka.cli import start_django


@click.command(
    "manage",
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Run a command of Django: minka manage createsuperuser."""
    from django.core.management import ManagementUtility

    start_django()
    utility = ManagementUtility(["minka manage", *arguments])
    utility.prog_name = "minka manage"
    utility.execute()
    sys.exit(0)
