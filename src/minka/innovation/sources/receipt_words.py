"""The printed receipt: what was signed, put into words."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from minka.core.templatetags.formats import number
from minka.innovation.models import Receipt
from minka.innovation.notices.words import lima
from minka.innovation.queries.envelopes import ECONOMIC_FILE_PART, ECONOMIC_PART
from minka.innovation.queries.receipts import receipts_key
from minka.innovation.states import Protection
from minka.methods.sealing.keys import fingerprint


def receipt_document(receipt: Receipt) -> dict[str, Any]:
    """Return the data of `innovation/receipt.typ`; everything in it is what was signed."""
    said = json.loads(receipt.signed)["receipt"]
    is_sealed = said["call"]["protection"] == Protection.SEALED
    return {
        "title": _("Receipt of a proposal"),
        "number": said["number"],
        "received": lima(datetime.fromisoformat(said["received_at"])),
        "received_exactly": said["received_at"],
        "words": {
            "in_time": _("Received in time"),
            "exact": _("Exact time"),
            "parts": _("What was received"),
            "part": _("Part"),
            "size": _("Size (bytes)"),
            "digest": _("Fingerprint (SHA-256)"),
            "whole": _("The whole"),
            "check": _("How to check it"),
            "signature": _("Signature (Ed25519)"),
        },
        "facts": _facts(said),
        "parts": [
            [
                part_name(part["name"], is_sealed=is_sealed),
                number(part["size_bytes"]),
                part["sha256"],
            ]
            for part in said["parts"]
        ],
        "whole": said["content_sha256"],
        "how": _(
            "This page repeats a signed file (.json). Whoever has the file checks it at the "
            "address below, without an account and also offline, with the public key of the "
            "cluster. A changed letter is found."
        ),
        "check_url": settings.MINKA_BASE_URL + reverse("innovation:receipt_check"),
        "key": fingerprint(receipts_key()),
        "signature": json.loads(receipt.signed)["signature"],
    }


def _facts(said: dict[str, Any]) -> list[list[str]]:
    language = (get_language() or "es")[:2]
    challenge = said["challenge"].get(language) or said["challenge"]["es"]
    facts = [
        [_("Challenge"), challenge],
        [_("Lead organisation"), said["lead"]["name"]],
        [_("Submitted by"), said["submitted_by"]],
        [_("Deadline in force"), lima(datetime.fromisoformat(said["deadline_at"]))],
        [_("Protection"), str(Protection(said["call"]["protection"]).label)],
        [_("Entry in the ledger"), f"{said['ledger']['position']} · {said['ledger']['sha256']}"],
        [_("Proposal"), said["proposal"]],
    ]
    if exception := said["exception"]:
        until = lima(datetime.fromisoformat(exception["until"]))
        words = " · ".join((until, exception["reason"], exception["authorised_by"]))
        facts.insert(4, [_("Exception to the deadline"), words])
    return facts


def part_name(name: str, *, is_sealed: bool) -> str:
    """Return what a part of a receipt is called for people: a sealed one has no other name."""
    if name in {"proposal", "proposal.json"}:
        return _("Text of the proposal")
    if not is_sealed:
        return name
    if name == ECONOMIC_PART:
        return _("Economic text of the proposal")
    kind, _dash, place = name.rpartition("-")
    if kind == ECONOMIC_FILE_PART:
        return _("Economic file %(number)s") % {"number": place}
    return _("File %(number)s") % {"number": place}
