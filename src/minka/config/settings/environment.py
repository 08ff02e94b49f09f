"""The one door to the environment: every variable is read through here, with its type."""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

MISSING: Any = object()


def text(name: str, default: str = MISSING) -> str:
    """Return the variable as text.

    Raises:
        ImproperlyConfigured: it is not set and has no default.
    """
    value = os.environ.get(name, default)
    if value is MISSING:
        raise ImproperlyConfigured(f"Set {name}; docs/operate/settings.md says what it is for.")
    return value


def flag(name: str, *, default: bool) -> bool:
    """Return True for 1, true, yes and on.

    Raises:
        ImproperlyConfigured: the value is none of the known words.
    """
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} takes yes or no, not {value!r}.")


def number(name: str, default: int) -> int:
    """Return the variable as a whole number.

    Raises:
        ImproperlyConfigured: it is not a whole number.
    """
    value = os.environ.get(name, "")
    try:
        return int(value) if value else default
    except ValueError:
        raise ImproperlyConfigured(f"{name} takes a whole number, not {value!r}.") from None


def database(url: str) -> dict[str, Any]:
    """Return Django's settings of one database; SQLite gets the options that make it durable.

    WAL lets readers go on while one writes; IMMEDIATE takes the write lock at the start of a
    transaction, so that two writers queue instead of failing half-way.
    """
    config: dict[str, Any] = dict(dj_database_url.parse(url))
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA mmap_size=134217728; PRAGMA cache_size=-32000;"
            ),
        }
        config["CONN_MAX_AGE"] = None
    else:
        config["CONN_MAX_AGE"] = 60
        config["CONN_HEALTH_CHECKS"] = True
    return config


def sqlite_url(folder: Path) -> str:
    """Return the address of the embedded database in the data folder."""
    return f"sqlite:///{folder / 'minka.sqlite3'}"
