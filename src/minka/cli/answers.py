"""What commands that answer with a sheet have in common."""

from pathlib import Path

import click


class BadInput(click.ClickException):
    """Something given cannot be used; the message says what."""

    exit_code = 2


def check_answer_path(out: Path) -> None:
    """Refuse an answer that could not be written, before any work is done.

    Raises:
        BadInput: it is not called .csv, or its folder does not exist.
    """
    if out.suffix.lower() != ".csv":
        raise BadInput(f"{out}: the answer is written as .csv; name it so.")
    if not out.absolute().parent.is_dir():
        raise BadInput(f"{out.absolute().parent} is not a folder; make it first.")
