"""`minka messages`: collect the strings of the interface, and compile their translations.

Every app keeps the words of its own templates and code in its own catalogue. English is the
source, so only the other languages have one. Needs Babel (requirements/dev.txt).
"""

import sys
from pathlib import Path

import click

import minka

PACKAGE = Path(minka.__file__).parent
LANGUAGES = ("es",)


@click.command("messages")
@click.argument("apps", nargs=-1)
@click.option("--check", is_flag=True, help="Change nothing; fail if a translation is missing.")
@click.option("--prune", is_flag=True, help="Drop the translations that nothing uses any more.")
def command(apps: tuple[str, ...], check: bool, prune: bool) -> None:
    """Collect strings into each app's catalogue (all apps, or those named) and compile them."""
    from minka.cli.catalogues import catalogue_apps, compile_catalogue, problems, update_catalogue

    wrong = 0
    for app in catalogue_apps(PACKAGE):
        if apps and app.name not in apps:
            continue
        for language in LANGUAGES:
            if not check:
                update_catalogue(app, language, prune=prune)
                compile_catalogue(app, language)
            found = problems(app, language)
            wrong += len(found)
            for problem in found:
                click.echo(f"{app.name} ({language}): {problem}")
    if wrong:
        click.echo(f"{wrong} strings need a translation.", err=True)
    sys.exit(1 if check and wrong else 0)
