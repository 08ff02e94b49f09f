"""`minka verify`: prove the ledger whole; `minka verify receipt`: believe a receipt, or not."""

import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from minka.cli import start_django


@click.group("verify", invoke_without_command=True)
@click.option("--expect", default="", metavar="HASH", help="A head noted earlier: still there?")
@click.pass_context
def command(context: click.Context, expect: str) -> None:
    """Recompute the ledger and say exactly where it breaks, if it does."""
    if context.invoked_subcommand is not None:
        return
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


@command.command("receipt")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--key",
    default="",
    metavar="KEY",
    help="The cluster's public key in base 64, or a file with it; else this installation's.",
)
def receipt(file: Path, key: str) -> None:
    """Say whether a signed receipt (.json) is believed: 0 it is, 1 it is not, 2 cannot be read.

    It needs neither the site nor its database, nor any connection, when a key is given.
    """
    from minka.methods.sealing.failures import NotSigned, NotThisFormat
    from minka.methods.sealing.keys import fingerprint
    from minka.methods.sealing.receipts import check_receipt, read_receipt

    try:
        read = read_receipt(file.read_bytes())
    except (OSError, UnicodeDecodeError, NotThisFormat) as error:
        _unusable(f"{file}: {error}")
    public_key = _key(key, named=fingerprint(read.public_key))
    try:
        check_receipt(read, public_key)
    except NotSigned as error:
        click.echo(f"NOT VERIFIED: {error}")
        sys.exit(1)
    click.echo(f"VERIFIED with the key {fingerprint(public_key)}")
    for name, value in _lines(dict(read.said)):
        click.echo(f"  {name:<22} {value}")


@command.command("agreement")
@click.argument("pdf", type=click.Path(path_type=Path))
@click.argument("seal", type=click.Path(path_type=Path))
@click.option(
    "--key",
    default="",
    metavar="KEY",
    help="The cluster's public key in base 64, or a file with it; else this installation's.",
)
def agreement(pdf: Path, seal: Path, key: str) -> None:
    """Say whether a signed PDF is the one that the server sealed: 0 it is, 1 it is not, 2 unread.

    It needs neither the site nor its database, nor any connection, when a key is given.
    """
    import hashlib

    from minka.methods.sealing.failures import NotSigned, NotThisFormat
    from minka.methods.sealing.keys import fingerprint
    from minka.methods.sealing.receipts import check_receipt, read_receipt

    try:
        digest = hashlib.sha256(pdf.read_bytes()).hexdigest()
        read = read_receipt(seal.read_bytes())
    except (OSError, UnicodeDecodeError, NotThisFormat) as error:
        _unusable(f"{error}")
    public_key = _key(key, named=fingerprint(read.public_key))
    try:
        check_receipt(read, public_key)
        wrong = "" if read.said.get("pdf_sha256") == digest else "the PDF is another one"
    except NotSigned as error:
        wrong = str(error)
    if wrong:
        click.echo(f"NOT VERIFIED: {wrong}")
        sys.exit(1)
    click.echo(f"VERIFIED with the key {fingerprint(public_key)}")
    for name in ("agreement", "title", "version", "text_sha256", "pdf_sha256"):
        click.echo(f"  {name:<22} {_plain(read.said.get(name))}")
    for one in read.said.get("signatures") or []:
        said = " · ".join(_plain(one.get(name)) for name in ("party", "name", "post", "at"))
        click.echo(f"  {'signed':<22} {said}")


def _key(given: str, *, named: str) -> bytes:
    """Return the public key to believe: the one given, else that of this installation."""
    from minka.methods.sealing.failures import NotThisFormat
    from minka.methods.sealing.receipts import key_from_text, signing_public_key

    if given:
        path = Path(given)
        try:
            return key_from_text(path.read_text() if path.is_file() else given)
        except (OSError, UnicodeDecodeError, NotThisFormat):
            _unusable("--key is neither a public key in base 64 nor a file with one")
    start_django()
    from django.core.exceptions import ImproperlyConfigured

    from minka.core.server_keys import RECEIPTS, server_secret

    try:
        return signing_public_key(server_secret(RECEIPTS))
    except ImproperlyConfigured:
        _unusable(
            f"this installation has no key of its own; bring the key {named} with --key, "
            "as the cluster publishes it, not as the receipt says it"
        )


def _lines(said: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what a receipt says, one line each, in the order in which one asks."""
    lead, challenge, call = (said.get(name) or {} for name in ("lead", "challenge", "call"))
    ledger, exception = said.get("ledger") or {}, said.get("exception") or {}
    found = [
        ("receipt", said.get("number")),
        ("cluster", said.get("cluster")),
        ("organisation", f"{lead.get('name')} ({lead.get('id')})"),
        ("submitted by", said.get("submitted_by")),
        ("challenge", challenge.get("es")),
        ("received", said.get("received_at")),
        ("deadline in force", said.get("deadline_at")),
        ("protection", call.get("protection")),
        ("proposal", said.get("proposal")),
    ]
    if exception:
        found += [(f"exception: {name}", value) for name, value in exception.items()]
    for part in said.get("parts") or []:
        found.append((part["name"], f"{part['size_bytes']} bytes, SHA-256 {part['sha256']}"))
    found += [
        ("fingerprint of all", said.get("content_sha256")),
        ("ledger", f"entry {ledger.get('position')}, {ledger.get('sha256')}"),
    ]
    return [(name, _plain(value)) for name, value in found]


def _plain(value: object) -> str:
    """Return a value in one line, without signs that a terminal would obey."""
    return "".join(_shown(sign) for sign in str(value))


def _unusable(reason: str) -> NoReturn:
    click.echo(f"Cannot be read: {reason}", err=True)
    sys.exit(2)


def _shown(sign: str) -> str:
    """Return a sign that a terminal prints; spaces that do not break are spaces."""
    if sign.isprintable():
        return sign
    return " " if sign.isspace() else "�"
