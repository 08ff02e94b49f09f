"""Secrets of this installation: what receipts are signed with, what drafts at rest are locked with.

Each is 32 bytes in a file of `MINKA_DATA/keys` that nobody but the server's account reads, or in a
variable of the environment where several machines serve. They are made once, by `minka prepare`,
and never by a request: two machines would make two. A copy of the database has neither.
"""

import base64
import binascii
import os
import secrets
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

SECRET_BYTES = 32
RECEIPTS, DRAFTS = "receipts", "drafts"
_VARIABLES = {RECEIPTS: "MINKA_RECEIPT_SEED", DRAFTS: "MINKA_DRAFTS_SECRET"}
_PRIVATE_FOLDER, _PRIVATE_FILE = 0o700, 0o600


def make_missing_keys(*, in_use: Collection[str] = ()) -> list[str]:
    """Make the secrets that this installation does not have yet and return their names.

    Args:
        in_use: those with which something was locked or signed; another would be of no use.

    Raises:
        ImproperlyConfigured: one that is in use is not there.
    """
    if lost := sorted(name for name in in_use if not has_secret(name)):
        raise ImproperlyConfigured(
            f"The key of {' and of '.join(lost)} is not in {_path(lost[0]).parent}, and there is "
            "something here that only it opens or vouches for. Put it back from where the keys are "
            "kept; a new one would be of no use. If it is lost for good, docs/operate/README.md "
            "says what is lost with it and what to do."
        )
    made = []
    for name, variable in _VARIABLES.items():
        path = _path(name)
        if getattr(settings, variable) or path.exists():
            continue
        path.parent.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        try:
            opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE_FILE)
        except FileExistsError:  # another process was quicker, and made the same one secret
            continue
        with os.fdopen(opened, "wb") as file:
            file.write(base64.b64encode(secrets.token_bytes(SECRET_BYTES)) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        made.append(name)
    return made


def server_secret(name: str) -> bytes:
    """Return the secret of that name (32 bytes).

    Raises:
        ImproperlyConfigured: there is none, or it is no secret of 32 bytes.
    """
    variable = _VARIABLES[name]
    return _read(name, str(_path(name)), str(getattr(settings, variable)))


def has_secret(name: str) -> bool:
    """True when the secret of that name is there."""
    return bool(getattr(settings, _VARIABLES[name])) or _path(name).exists()


def readable_by_others() -> list[str]:
    """Return the names of secrets whose files others than the server's account may read."""
    return [
        name for name in _VARIABLES if _path(name).exists() and _path(name).stat().st_mode & 0o077
    ]


@lru_cache(maxsize=8)
def _read(name: str, path: str, given: str) -> bytes:
    try:
        text = given or Path(path).read_text()
        secret = base64.b64decode(text.strip(), validate=True)
    except FileNotFoundError:
        raise ImproperlyConfigured(
            f"The key of {name} is missing: run `minka prepare`, or set {_VARIABLES[name]}."
        ) from None
    except (binascii.Error, ValueError):
        secret = b""
    if len(secret) != SECRET_BYTES:
        raise ImproperlyConfigured(f"The key of {name} is not 32 bytes in base 64.")
    return secret


def _path(name: str) -> Path:
    folder: Path = settings.MINKA_DATA / "keys"
    return folder / f"{name}.key"
