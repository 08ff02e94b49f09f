"""A text of an agreement: what it is made of, what it is refused for, and how it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from minka.core.errors import InvalidInput
from minka.core.models import User
from minka.innovation.models import Agreement, AgreementVersion
from minka.innovation.queries.agreement_content import (
    AgreementFacts,
    Clause,
    content_of,
    fingerprint,
)
from minka.innovation.states.agreements import AgreementKind

LANGUAGES = ("es", "en")


@dataclass(frozen=True)
class AgreementText:
    """Facts and clauses as they were typed, and why they change."""

    facts: AgreementFacts
    clauses: Sequence[Clause] = ()
    reason: str = ""


def keep_version(
    *, by: User, agreement: Agreement, text: AgreementText, is_amendment: bool = False
) -> AgreementVersion:
    """Keep a text as the next version, and make it the one that is worked on.

    Called by the actions of agreements in their transaction, after they have looked.
    """
    last = agreement.versions.order_by("-number").first()
    parties = list(agreement.parties.select_related("actor"))
    content = content_of(facts=text.facts, parties=parties, clauses=text.clauses)
    made = AgreementVersion.objects.create(
        agreement=agreement,
        number=last.number + 1 if last else 1,
        by=by,
        reason=text.reason,
        is_amendment=is_amendment and bool(text.reason),
        content=content,
        sha256=fingerprint(content),
    )
    agreement.text = made
    agreement.save(update_fields=["text"])
    return made


def check_facts(facts: AgreementFacts) -> None:
    """No person: refuse facts that are missing or make no sense; raises InvalidInput."""
    wrong: dict[str, str] = {}
    if not facts.title.strip():
        wrong["title"] = _("Give it a title.")
    if facts.kind not in AgreementKind.values:
        wrong["kind"] = _("Choose a kind.")
    if facts.language not in LANGUAGES:
        wrong["language"] = _("Choose a language.")
    if facts.value_usd is not None and facts.value_usd < 0:
        wrong["value_usd"] = _("An amount is not negative.")
    if facts.starts_on and facts.ends_on and facts.ends_on < facts.starts_on:
        wrong["ends_on"] = _("It cannot end before it starts.")
    if wrong:
        raise InvalidInput(fields=wrong)
