"""Whether the keys of this installation are those that its drafts and receipts were made with."""

from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet

from minka.core.health import Finding
from minka.core.server_keys import DRAFTS, RECEIPTS
from minka.innovation.models import Attachment, Proposal, Receipt
from minka.innovation.models.locked_words import unlock
from minka.innovation.queries.receipts import receipts_key
from minka.methods.sealing.failures import SealingFailure
from minka.methods.sealing.receipts import check_receipt, read_receipt

ADVICE = "Put back MINKA_DATA/keys as it was when these were made: docs/operate, back-up."


def secrets_in_use() -> set[str]:
    """Return the names of the secrets that something here was locked or signed with.

    No person: of the installation, nobody's words.
    """
    used = set()
    if _locked().exists() or Attachment.objects.exclude(locked=b"").exists():
        used.add(DRAFTS)
    if _signed().exists():
        used.add(RECEIPTS)
    return used


def locked_drafts_open() -> Finding:
    """Try the newest draft that is locked. No person: nobody is shown a word of it."""
    newest = _locked().order_by("-pk").values_list("locked", "public_id").first()
    if newest is None:
        return Finding("drafts", good=True, seen="none is locked")
    try:
        unlock(bytes(newest[0]), belongs_to=newest[1])
    except (ImproperlyConfigured, SealingFailure) as error:
        return Finding("drafts", good=False, seen=str(error), advice=ADVICE)
    return Finding("drafts", good=True, seen="the key opens the newest")


def receipts_are_ours() -> Finding:
    """Check the signature of the newest receipt. No person: nobody is shown it."""
    newest = _signed().order_by("-pk").values_list("signed", flat=True).first()
    if newest is None:
        return Finding("receipts", good=True, seen="none is signed")
    try:
        check_receipt(read_receipt(newest), receipts_key())
    except (ImproperlyConfigured, SealingFailure) as error:
        return Finding("receipts", good=False, seen=str(error), advice=ADVICE)
    return Finding("receipts", good=True, seen="the key has signed the newest")


def _locked() -> QuerySet[Proposal]:
    return Proposal.objects.exclude(locked=b"")


def _signed() -> QuerySet[Receipt]:
    return Receipt.objects.exclude(signed="")
