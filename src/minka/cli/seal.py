"""`minka seal`: open sealed files offline with the shares of custodians, and make new shares."""

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from minka.methods.sealing.armour import SHORTEST_PASSPHRASE, lock_share, read_label, unlock_share
from minka.methods.sealing.container import read_head, unseal
from minka.methods.sealing.failures import SealingFailure
from minka.methods.sealing.keys import fingerprint, public_key_of
from minka.methods.sealing.shares import join_shares, split_key

SHARES = click.option(
    "--share",
    "shares",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path),
    help="A share as its custodian keeps it; once for each of them.",
)
LONGEST_NAME = 120  # characters: file systems take 255 bytes
FOLDER = click.option("--out", "folder", required=True, type=click.Path(path_type=Path))


@click.group("seal")
def command() -> None:
    """Open what is sealed, and renew shares, on a machine without a connection or a database."""


@command.command("open")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@SHARES
@FOLDER
def open_files(files: Sequence[Path], shares: Sequence[Path], folder: Path) -> None:
    """Open sealed FILES into a folder; each custodian types her passphrase.

    One that does not open is named and does not stop the others. Exit code 0: all opened; 1: some
    did not; 2: the shares do not give a key. No clock is asked here: whoever has k shares opens.
    """
    private_key = _joined(shares)
    failed = False
    for file in files:
        try:
            name = _open_one(file, folder, private_key)
        except (SealingFailure, OSError) as error:
            failed = True
            click.echo(f"NOT OPENED  {_plain(file)}: {_plain(error)}")
        else:
            click.echo(f"opened      {_plain(file)} → {_plain(name)}")
    sys.exit(1 if failed else 0)


@command.command("reshare")
@SHARES
@FOLDER
@click.option("--needed", type=click.IntRange(2, 255), required=True, help="How many open (k).")
@click.option(
    "--for",
    "names",
    multiple=True,
    required=True,
    help="“Name, organisation” of a new custodian; once for each.",
)
def reshare(shares: Sequence[Path], folder: Path, needed: int, names: Sequence[str]) -> None:
    """Make new shares of the same key for new custodians, by k of those who hold it.

    The old shares go on opening: destroy them. Old and new ones do not fit together.
    """
    call = read_label(_read(shares[0])).call
    private_key = _joined(shares)
    if len(names) < needed:
        _stop(f"{needed} are needed to open, and {len(names)} are named")
    folder.mkdir(parents=True, exist_ok=True)
    made = split_key(private_key, needed=needed, made=len(names))
    for share, name in zip(made, names, strict=True):
        passphrase = click.prompt(
            f"Passphrase of {name} (at least {SHORTEST_PASSPHRASE} characters)",
            hide_input=True,
            confirmation_prompt=True,
            value_proc=_long_enough,
        )
        path = folder / f"{call}-{share.number}.share.txt"
        try:
            path.touch(mode=0o600, exist_ok=False)
        except OSError as error:
            _stop(f"{path}: {error}")
        path.write_text(lock_share(share, passphrase, call=call, custodian=name))
        click.echo(f"made        {path}")
    click.echo(f"Key of the call, unchanged: {fingerprint(public_key_of(private_key))}")


@command.command("label")
@click.argument("file", type=click.Path(path_type=Path))
def label(file: Path) -> None:
    """Say what a share or a sealed file says of itself, without opening it."""
    try:
        with file.open("rb") as source:
            head = read_head(source)
    except SealingFailure:
        said = _label(file)
    else:
        context = head.context
        said = {
            "call": context.call,
            "proposal": context.proposal,
            "revision": context.revision,
            "part": context.part,
            "key": head.key,
        }
    for name, value in said.items():
        click.echo(f"{name:<10} {_plain(value)}")


def _label(file: Path) -> dict[str, object]:
    try:
        found = read_label(_read(file))
    except SealingFailure as error:
        _stop(f"{file}: {error}")
    return {
        "call": found.call,
        "custodian": found.custodian,
        "share": f"{found.number} of {found.made}, {found.needed} needed",
        "key": fingerprint(found.public_key),
    }


def _open_one(file: Path, folder: Path, private_key: bytes) -> Path:
    """Open one file; what was not proven whole is removed."""
    folder.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=folder, suffix=".part")
    part = Path(temporary)
    try:
        with file.open("rb") as source, os.fdopen(handle, "wb") as target:
            opened = unseal(source, target, private_key=private_key)
        context = opened.context
        place = folder / context.proposal / str(context.revision)
        place.mkdir(parents=True, exist_ok=True)
        named = place / f"{context.part}-{_file_name(opened.name)}"
        named.touch(exist_ok=False)  # never takes the place of another file
        return part.replace(named)
    finally:
        part.unlink(missing_ok=True)


def _file_name(said: str) -> str:
    """Return what a solver called a file, as the name of a file in one folder and nothing else."""
    name = "".join(sign for sign in said if sign.isprintable() and sign not in '/\\:*?"<>|')
    return name.strip(". ")[-LONGEST_NAME:] or "unnamed"


def _plain(said: object) -> str:
    """Return words that a terminal prints and does not obey."""
    return "".join(sign if sign.isprintable() else "?" for sign in str(said))


def _joined(paths: Sequence[Path]) -> bytes:
    """Return the key that the shares give; each passphrase is asked for, and not shown."""
    found = []
    for path in paths:
        text = _read(path)
        try:
            name = read_label(text).custodian
            passphrase = click.prompt(f"Passphrase of {_plain(name)}", hide_input=True)
            found.append(unlock_share(text, passphrase))
        except SealingFailure as error:
            _stop(f"{path}: {error}")
    try:
        return join_shares(found)
    except SealingFailure as error:
        _stop(str(error))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        _stop(f"{path}: {error}")


def _long_enough(passphrase: str) -> str:
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise click.UsageError(f"at least {SHORTEST_PASSPHRASE} characters")
    return passphrase


def _stop(reason: str) -> NoReturn:
    click.echo(f"Nothing was done: {reason}", err=True)
    sys.exit(2)
