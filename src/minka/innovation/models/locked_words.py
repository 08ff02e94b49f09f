"""Words at rest in a sealed call: locked with the server's key, bound to what they belong to.

It keeps a copy of the database from being read. It keeps nothing from whoever runs the server:
that is what sealing is for, once a proposal is handed in.
"""

import json
from decimal import Decimal
from typing import Any
from uuid import UUID

from minka.core.server_keys import DRAFTS, server_secret
from minka.innovation.models.proposal_parts import ANSWERS, TABLES
from minka.methods.sealing.at_rest import draft_key, files_key, lock_draft, unlock_draft

TEXTS = ("title", "summary", "public_summary", "approach", "evidence", "team")
FIGURES = ("requested_usd", "duration_months", "trl_now", "trl_after")
STRUCTURED = (ANSWERS, *TABLES)  # columns of plain JSON; nothing is NULL in them
WORDS = TEXTS + FIGURES + STRUCTURED
# What tells of money, and what does not: an envelope for each, where a call opens them apart.
ECONOMIC = frozenset({"requested_usd", "budget"})
TECHNICAL = frozenset(WORDS) - ECONOMIC


def lock(words: dict[str, Any], *, belongs_to: UUID) -> bytes:
    """Return plain values as what can be kept."""
    said = json.dumps(words, ensure_ascii=False, default=str).encode()
    return lock_draft(said, at_rest_key(), belongs_to=str(belongs_to))


def unlock(locked: bytes, *, belongs_to: UUID) -> dict[str, Any]:
    """Return the plain values; amounts as decimals.

    Raises:
        SealingFailure: it was changed, or belongs to something else.
    """
    said: dict[str, Any] = json.loads(
        unlock_draft(locked, at_rest_key(), belongs_to=str(belongs_to))
    )
    if said.get("requested_usd") is not None:
        said["requested_usd"] = Decimal(said["requested_usd"])
    return said


def at_rest_key() -> bytes:
    """Return the key (32 bytes) that the words of drafts are locked with."""
    return draft_key(server_secret(DRAFTS))


def at_rest_files_key() -> bytes:
    """Return the private key that the files of drafts are sealed to."""
    return files_key(server_secret(DRAFTS))
