"""What a draft still lacks before it can be handed in."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from minka.innovation.models import Proposal
from minka.innovation.models.proposal_parts import COLUMNS, USUAL_PARTS, AnsweredPart

# by field; those of the parts are the challenge's to set, these are the usual ones
WORD_LIMITS = {
    "summary": 200,
    "public_summary": 120,
    **{part.key: part.words for part in USUAL_PARTS if part.words},
}
ALWAYS_LIMITED = ("summary", "public_summary")
LACKING: dict[str, Promise] = {
    "title": _("Give the proposal a title."),
    "summary": _("Write the summary."),
    "requested_usd": _("Say how much you request."),
    "duration_months": _("Say how many months it takes."),
    "trl_now": _("Choose the readiness level of today."),
    "trl_after": _("Choose the readiness level at the end."),
}
LACKING_PARTS: dict[str, Promise] = {
    "approach": _("Say what you propose and how it works."),
    "evidence": _("Say what evidence there is that it works; if there is none yet, say so."),
    "team": _("Say who is in the team."),
    "people": _("Name at least one person."),
    "timeline": _("Write at least one phase."),
    "budget": _("Write at least one line."),
    "references": _("Name at least one client."),
}


def missing_for_submission(proposal: Proposal) -> dict[str, str]:
    """Return, by field, what has to be added or shortened; empty when it can be handed in."""
    missing = {
        name: str(message)
        for name, message in LACKING.items()
        if getattr(proposal, name) in (None, "") or not str(getattr(proposal, name)).strip()
    }
    for answered in proposal.answered():
        missing |= dict(_missing_in(answered))
    for name in ALWAYS_LIMITED:
        if too_long := _too_long(getattr(proposal, name), WORD_LIMITS[name]):
            missing[name] = too_long
    now, after = proposal.trl_now, proposal.trl_after
    if now and after and after < now:
        missing["trl_after"] = str(_("The level at the end cannot be below that of today."))
    return missing


def field_of(key: str) -> str:
    """Return the field of the form in which a part begins."""
    if key in COLUMNS:
        return f"{key}-0-{COLUMNS[key][0].name}"
    return key if key in LACKING_PARTS else f"answer_{key}"


def count_words(text: str) -> int:
    """Count words as people do: what stands between spaces."""
    return len(text.split())


def _missing_in(answered: AnsweredPart) -> Iterator[tuple[str, str]]:
    part = answered.part
    if part.required and not answered.is_answered:
        lacking = LACKING_PARTS.get(part.key)
        yield (
            field_of(part.key),
            str(lacking) if lacking else gettext("Answer “%(part)s”.") % {"part": part.title},
        )
    if not part.is_table and (too_long := _too_long(answered.text, part.words)):
        yield field_of(part.key), too_long
    for place, line in enumerate(answered.lines):
        for column in COLUMNS[part.key]:
            if column.needed and line.get(column.name) in (None, ""):
                yield (
                    f"{part.key}-{place}-{column.name}",
                    gettext("Line %(line)s lacks “%(column)s”.")
                    % {"line": place + 1, "column": column.label},
                )
        if part.key == "references" and line.get("contact") and not line.get("permitted"):
            yield (
                f"references-{place}-permitted",
                gettext("Name a contact only with their permission, or leave it out."),
            )


def _too_long(text: str, limit: int) -> str:
    if (count := count_words(text)) <= limit:
        return ""
    return gettext("%(count)s words; at most %(limit)s.") % {"count": count, "limit": limit}
