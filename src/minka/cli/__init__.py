"""The `minka` command. Its parts are imported when they are asked for, so that help is quick."""

import os
from importlib import import_module
from pathlib import Path

import click

COMMANDS = {
    "run": "minka.cli.run",
    "prepare": "minka.cli.prepare_installation",
    "worker": "minka.cli.worker",
    "demo": "minka.cli.load_demo",
    "manage": "minka.cli.manage",
    "messages": "minka.cli.messages",
    "resolve": "minka.cli.resolve",
    "shortlist": "minka.cli.shortlist",
    "assign": "minka.cli.assign",
    "rank": "minka.cli.rank",
    "train-resolver": "minka.cli.train_resolver",
    "verify": "minka.cli.verify",
    "seal": "minka.cli.seal",
    "doctor": "minka.cli.doctor",
    "reindex": "minka.cli.reindex",
}


class LazyGroup(click.Group):
    """Finds a command by importing the module that holds it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click calls it so
        """Return the names in the order in which people meet them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 -- click calls it so
        """Return the command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name]).command
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="minka")
def main() -> None:
    """Minka, the platform of an industrial cluster."""


def start_django() -> None:
    """Load the settings (development, unless DJANGO_SETTINGS_MODULE names others) and the apps.

    Raises:
        click.ClickException: the settings are incomplete.
    """
    import django
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minka.config.settings.dev")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise click.ClickException(str(error)) from error


def start_words(language: str) -> None:
    """Make ready what reads sheets and puts things into words, without a site or its settings."""
    import django
    from django.conf import settings
    from django.utils import translation

    if not settings.configured:
        package = Path(__file__).resolve().parents[1]
        settings.configure(
            USE_I18N=True,
            LANGUAGE_CODE="en",
            LOCALE_PATHS=[
                str(package / app / "locale") for app in ("core", "knowledge", "innovation")
            ],
        )
        django.setup()
    translation.activate(language)
