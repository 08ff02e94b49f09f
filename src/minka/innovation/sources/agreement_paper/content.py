"""What the PDF of a signed text says, and what the server signs about that PDF."""

from datetime import UTC
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from minka.innovation.models import AgreementSignature, AgreementVersion
from minka.innovation.notices.words import lima
from minka.innovation.queries.agreement_content import kind_label


def standing_signatures(version: AgreementVersion) -> list[AgreementSignature]:
    """No person: return the signatures under a text, in the order in which they were given."""
    standing = version.signatures.filter(voided_at__isnull=True)
    return list(standing.select_related("party__actor", "by").order_by("at", "pk"))


def paper_data(version: AgreementVersion) -> dict[str, Any]:
    """Return the data of `innovation/agreement.typ` in the language in use."""
    said, agreement = version.content, version.agreement
    return {
        "title": said["title"],
        "eyebrow": kind_label(said["kind"]),
        "number": str(agreement.public_id),
        "version": _("Version %(number)s") % {"number": version.number},
        "amendment": _("It replaces the text signed before. Why: %(reason)s")
        % {"reason": version.reason}
        if version.is_amendment
        else "",
        "parties": [[_role(one["role"]), one["name"]] for one in said["parties"]],
        "clauses": [[one["title"], one["words"]] for one in said["clauses"]],
        "signatures": [_signature(one) for one in standing_signatures(version)],
        "digest": version.sha256,
        "address": settings.MINKA_BASE_URL
        + reverse("innovation:agreement", args=[agreement.public_id]),
        "words": {
            "parties": _("Parties"),
            "signatures": _("Signatures"),
            "signed": _("Signed by click, with the name and the post that the signer wrote"),
            "text": _("Fingerprint of the text (SHA-256)"),
            "ledger": _("Entry in the ledger"),
            "check": _("How to check it"),
            "how": _(
                "Each signature is an entry of the cluster's ledger, with the fingerprint of this "
                "text. The server signed the fingerprint of this PDF (Ed25519); whoever has the "
                "PDF and the file of that signature checks both with the cluster's public key, "
                "without a connection: minka verify agreement."
            ),
        },
    }


def seal_words(version: AgreementVersion, *, pdf_sha256: str) -> dict[str, Any]:
    """Return what the server signs: which text, which PDF, who signed and when."""
    agreement = version.agreement
    return {
        "cluster": settings.MINKA_CLUSTER_NAME,
        "address": settings.MINKA_BASE_URL,
        "agreement": str(agreement.public_id),
        "title": version.content["title"],
        "version": version.number,
        "text_sha256": version.sha256,
        "pdf_sha256": pdf_sha256,
        "signatures": [
            {
                "party": one.party.name,
                "name": one.name,
                "post": one.post,
                "at": one.at.astimezone(UTC).isoformat(),
                "ledger": {"position": one.ledger_position, "sha256": one.ledger_sha256},
            }
            for one in standing_signatures(version)
        ],
    }


def _signature(one: AgreementSignature) -> dict[str, str]:
    return {
        "party": one.party.name,
        "name": one.name,
        "post": one.post,
        "at": lima(one.at),
        "exactly": one.at.astimezone(UTC).isoformat(timespec="seconds"),
        "ledger": f"{one.ledger_position} · {one.ledger_sha256}",
    }


def _role(role: str) -> str:
    return {
        "company": _("Mining company"),
        "solver": _("Supplier"),
        "cluster": _("Cluster"),
    }[role]
