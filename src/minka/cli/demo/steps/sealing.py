"""One sealed call: its custodians go through the whole ceremony, and keep their shares in a folder.

Stretching a passphrase costs half a second of processor time on purpose, and a ceremony of three
does it fourteen times. The passphrases here are known to everybody, so each was stretched once,
with a salt of its own, and is looked up: what the actions write is the same, at full strength.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import nacl.pwhash
import nacl.utils
from django.conf import settings
from django.db import transaction

from minka.cli.demo.ecosystem import load_content
from minka.cli.demo.steps.world import World, days
from minka.core.models import User
from minka.innovation.actions.ceremony import make_key, name_custodian, set_needed
from minka.innovation.actions.custody import confirm_share, get_ready, take_share
from minka.innovation.actions.opening import GivenShare, rehearse_opening
from minka.innovation.models import CallKey, Challenge, Custodian, OpeningSession
from minka.knowledge.models import Membership

SEALED_CALL = "rampas-sin-polvo"
SHARES_FOLDER = "demo-shares"
NEEDED = 2
PRESENT = "Los tres custodios y el equipo del clúster"


def prepare_key(world: World, challenge: Challenge) -> None:
    """Name the custodians, make the key, hand the shares out and rehearse the opening."""
    team = world.staff
    set_needed(by=team, challenge=challenge, needed=NEEDED)
    rows = load_content("custodians")
    custodians = [
        name_custodian(by=team, challenge=challenge, person=person, organisation=_home(person))
        for person in (world.people[row["person"]] for row in rows)
    ]
    with _stretched_before(rows):
        for row, custodian in zip(rows, custodians, strict=True):
            words = row["passphrase"]
            get_ready(by=custodian.user, custodian=custodian, passphrase=words, again=words)
        make_key(by=team, challenge=challenge)
        given = [_take(row, one) for row, one in zip(rows, custodians, strict=True)]
        rehearse_opening(by=team, challenge=challenge, given=given[:NEEDED], present=PRESENT)
    texts = {f"{row['person']}.txt": one.text for row, one in zip(rows, given, strict=True)}
    transaction.on_commit(lambda: _keep(texts))


def date_ceremony(challenge: Challenge, opens_at: datetime) -> None:
    """Shift the ceremony of a call to the days before it opened."""
    at = opens_at - days(3)
    here = CallKey.objects.filter(challenge=challenge)
    here.update(made_at=at, rehearsed_at=at + days(1))
    Custodian.objects.filter(key__in=here).update(
        enrolled_at=at - days(1), taken_at=at, confirmed_at=at
    )
    OpeningSession.objects.filter(key__in=here).update(at=at + days(1))


def shares_folder() -> Path:
    """Return where the shares of the demonstration lie, a file for each custodian."""
    return Path(settings.MINKA_DATA, SHARES_FOLDER)


def _home(person: User) -> Any:
    return Membership.objects.select_related("actor").get(user=person).actor


def _take(row: dict[str, Any], custodian: Custodian) -> GivenShare:
    """Take a share as its custodian does, and prove to hold it."""
    custodian.refresh_from_db()
    words, by = row["passphrase"], custodian.user
    text = take_share(by=by, custodian=custodian, passphrase=words)
    confirm_share(by=by, custodian=custodian, text=text, passphrase=words)
    return GivenShare(text, words)


def _keep(texts: dict[str, str]) -> None:
    """Put the shares where a visitor finds them: a demonstration may, a custodian must not."""
    folder = shares_folder()
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")


@contextmanager
def _stretched_before(rows: list[dict[str, Any]]) -> Iterator[None]:
    """Look up what a known passphrase with a known salt becomes, in the order of the ceremony."""
    uses = [row[use] for use in ("enrolment", "share") for row in rows]
    salts = iter(bytes.fromhex(one["salt"]) for one in uses)
    known = {one["salt"]: bytes.fromhex(one["stretched"]) for one in uses}

    def kdf(_size: int, _passphrase: bytes, salt: bytes, **_limits: int) -> bytes:
        return known[salt.hex()]

    with ExitStack() as stack:
        stack.enter_context(patch.object(nacl.utils, "random", lambda _size: next(salts)))
        stack.enter_context(patch.object(nacl.pwhash.argon2id, "kdf", kdf))
        yield
