"""What is drawn once and kept until what it says changes: the shared picture and the PDF."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from minka.core.documents import fingerprint, render_card, render_pdf
from minka.core.remembering import cache
from minka.core.templatetags.formats import money
from minka.innovation.notices.words import lima
from minka.innovation.queries.challenges_dates import Milestone
from minka.innovation.queries.challenges_public import PublicChallenge, who_states
from minka.innovation.sources.sharing.codes import qr_svg
from minka.innovation.states import CallPhase

CARD, BRIEF = "innovation/challenge_card.typ", "innovation/challenge_brief.typ"
CARD_SIZE = (1200, 630)  # pixels
KEPT_S = 30 * 24 * 3600
QR = "qr.svg"
LINE = 230  # characters of the summary on the picture
SIZES = ((9_000, 9.5), (12_000, 8.8), (float("inf"), 8.0))  # characters, points
SECTIONS = (
    "background",
    "sought",
    "not_sought",
    "success",
    "eligibility",
    "consortium",
    "ip",
    "terms",
)


@dataclass(frozen=True)
class Paper:
    """A file that follows from what is public, and nothing else.

    Args:
        etag: of its content, known before it is drawn.
    """

    template: str
    data: Mapping[str, Any]
    made_at: datetime
    pictures: Mapping[str, bytes]

    @property
    def etag(self) -> str:
        """What changes whenever its bytes do."""
        return fingerprint(self.template, self.data)

    def content(self) -> bytes:
        """Return its bytes, drawn now if nobody has asked for them since they changed."""
        key = f"paper:{self.etag}"
        found: bytes | None = cache.get(key)
        if found is None:
            if self.template == CARD:
                found = render_card(self.template, self.data, made_at=self.made_at)
            else:
                found = render_pdf(
                    self.template, self.data, made_at=self.made_at, pictures=self.pictures
                )
            cache.set(key, found, KEPT_S)
        return found


def challenge_card(challenge: PublicChallenge) -> Paper:
    """Return the picture that goes with a shared link, in the language in use."""
    closes = next(one.at for one in challenge.dates if one.what == Milestone.CLOSES)
    data = {
        "title": challenge.title,
        "summary": _shortened(challenge.texts["summary"]),
        "eyebrow": _("Challenge") + " · " + challenge.edition,
        "who": who_states(challenge),
        "when": _when(challenge, closes),
        "language": _language(),
    }
    return Paper(CARD, data, challenge.changed_at, {})


def challenge_brief(challenge: PublicChallenge) -> Paper:
    """Return the challenge on one to three pages, in the language in use."""
    data = {
        "title": challenge.title,
        "summary": challenge.texts["summary"],
        "eyebrow": _("Challenge") + " · " + challenge.edition,
        "who": _("Stated by") + " " + _lower(who_states(challenge), challenge),
        "url": challenge.url,
        "dates": [[str(one.what.label), written(one.at)] for one in challenge.dates],
        "facts": _facts(challenge),
        "offered": challenge.texts["incentives"],
        "sections": [
            {"title": title, "text": challenge.texts[name]}
            for name, title in _titles().items()
            if name in SECTIONS and challenge.texts[name]
        ],
        "criteria": [
            {
                "name": one.name,
                "meaning": one.meaning,
                "low": one.low,
                "high": one.high,
                "weight": one.weight,
            }
            for one in challenge.criteria
        ],
        "themes": challenge.themes,
        "events": [
            " · ".join(filter(None, [one.event, written(one.on), one.place]))
            for one in challenge.events
        ],
        "answers": len(challenge.questions),
        "words": _words(challenge),
        "size": _size(challenge),
        "language": _language(),
        "as_of": {"on": written(localtime(challenge.changed_at).date()), "n": challenge.sequence},
    }
    pictures = {QR: qr_svg(challenge.url)}
    return Paper(BRIEF, data, challenge.changed_at, pictures)


def written(at: datetime | date) -> str:
    """Return an instant with its hour and zone, a day without."""
    if isinstance(at, datetime):
        return lima(at)
    text = date_format(at, "j M Y")
    return text.lower() if _language() == "es" else text


def _when(challenge: PublicChallenge, closes: datetime | date) -> str:
    if challenge.phase == CallPhase.DECIDED:
        return _("The decisions are made")
    if challenge.phase == CallPhase.CLOSED:
        return _("The call has closed")
    return _("Proposals until %(when)s") % {"when": written(closes)}


def _facts(challenge: PublicChallenge) -> list[list[str]]:
    found = []
    if challenge.pilot_budget_usd is not None:
        budget = money(challenge.pilot_budget_usd, "USD", cents=False)
        found.append([_("Budget of the pilot"), budget])
    if challenge.site_offered:
        found.append([_("Site for the pilot"), _("offered")])
    if challenge.purchase:
        found.append([_("If the pilot works"), challenge.purchase])
    if challenge.trl:
        found.append([_("Readiness asked for (TRL)"), challenge.trl])
    return found


def _titles() -> dict[str, str]:
    return {
        "background": _("Background"),
        "sought": _("What is sought"),
        "not_sought": _("What is not sought"),
        "success": _("How success is measured"),
        "eligibility": _("Who may take part"),
        "consortium": _("Rules of consortia"),
        "ip": _("Intellectual property"),
        "terms": _("Terms"),
    }


def _words(challenge: PublicChallenge) -> dict[str, str]:
    return {
        "offered": _("What is offered"),
        "dates": _("Dates"),
        "criteria": _("How proposals are evaluated"),
        "scale": _("Each criterion is scored from 1 to 5 points."),
        "low": _("1 means"),
        "high": _("5 means"),
        "themes": _("Themes"),
        "events": _("Presented at"),
        "scan": _("Read it, ask and answer here"),
        "how": _("How to take part"),
        "steps": _(
            "Create an account, join your organisation, write the proposal and hand it in before "
            "the call closes: you get a receipt at once."
        ),
        "asked": _("Questions and answers are on the page.")
        if challenge.questions
        else _("Questions can be asked on the page, without anybody else learning who asks."),
        "as_of": _("As of"),
    }


def _size(challenge: PublicChallenge) -> float:
    """Return the size of the text in points: long challenges stay on three pages."""
    length = sum(len(text) for text in challenge.texts.values())
    return next(size for most, size in SIZES if length <= most)


def _lower(who: str, challenge: PublicChallenge) -> str:
    """Return whose challenge it is within a sentence; names stay as they are."""
    return who if challenge.companies else who[:1].lower() + who[1:]


def _shortened(text: str) -> str:
    first = " ".join(text.split())
    if len(first) <= LINE:
        return first
    return first[:LINE].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def _language() -> str:
    return (get_language() or "es")[:2]
