"""What a draft still lacks before it can be handed in."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minka.innovation.models import Proposal

WORD_LIMITS = {"summary": 200, "approach": 1500, "evidence": 800, "team": 500}
LACKING: dict[str, Promise] = {
    "title": _("Give the proposal a title."),
    "summary": _("Write the summary."),
    "approach": _("Say what you propose and how it works."),
    "evidence": _("Say what evidence there is that it works; if there is none yet, say so."),
    "team": _("Say who is in the team."),
    "requested_usd": _("Say how much you request."),
    "duration_months": _("Say how many months it takes."),
    "trl_now": _("Choose the readiness level of today."),
    "trl_after": _("Choose the readiness level at the end."),
}


def missing_for_submission(proposal: Proposal) -> dict[str, str]:
    """Return, by field, what has to be added or shortened; empty when it can be handed in."""
    missing = {
        name: str(message)
        for name, message in LACKING.items()
        if getattr(proposal, name) in (None, "") or not str(getattr(proposal, name)).strip()
    }
    for name, limit in WORD_LIMITS.items():
        if (count := count_words(getattr(proposal, name))) > limit:
            missing[name] = _("%(count)s words; at most %(limit)s.") % {
                "count": count,
                "limit": limit,
            }
    now, after = proposal.trl_now, proposal.trl_after
    if now and after and after < now:
        missing["trl_after"] = str(_("The level at the end cannot be below that of today."))
    return missing


def count_words(text: str) -> int:
    """Count words as people do: what stands between spaces."""
    return len(text.split())
