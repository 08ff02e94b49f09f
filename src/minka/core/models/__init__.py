"""Nouns of the core: people, files, notices, the ledger."""

from minka.core.models.erasure import ErasureRequest
from minka.core.models.ledger import LedgerEntry
from minka.core.models.notice import Notice
from minka.core.models.pulse import WorkerPulse
from minka.core.models.stored_file import StoredFile
from minka.core.models.user import RoleGrant, User

__all__ = [
    "ErasureRequest",
    "LedgerEntry",
    "Notice",
    "RoleGrant",
    "StoredFile",
    "User",
    "WorkerPulse",
]
