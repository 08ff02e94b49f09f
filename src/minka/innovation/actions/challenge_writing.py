"""A whole challenge as it was written: checked, and put in its columns."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from minka.core.errors import Conflict, InvalidInput, WrongState
from minka.innovation.actions.criteria import CriterionRow, replace_criteria
from minka.innovation.models import Call, Challenge
from minka.innovation.queries.challenge_content import plain
from minka.innovation.queries.challenge_parts import (
    ALL_TEXT_FIELDS,
    DATES,
    NDA_FIELDS,
    TEXT_FIELDS,
)
from minka.innovation.queries.challenges_checklist import wrong_order
from minka.innovation.states import ChallengeState, Purchase, Trl
from minka.knowledge.models import Theme

TITLE_MAX = 200
BUDGET_MAX_USD = Decimal(9_999_999_999)
PARTNERS_MAX = 20
LONGEST_CALL = timedelta(days=731)


@dataclass(frozen=True)
class ChallengeContent:
    """A whole draft as it was written; `texts` is keyed by `ALL_TEXT_FIELDS`, and may have gaps."""

    texts: Mapping[str, str]
    themes: QuerySet[Theme] | Sequence[Theme] = ()
    names_company: bool = False
    trl_minimum: int | None = None
    criteria: Sequence[CriterionRow] = field(default_factory=list)
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    questions_until: datetime | None = None
    evaluation_until: date | None = None
    decision_on: date | None = None
    pilot_from: date | None = None
    consortium_allowed: bool = True
    partners_max: int | None = None
    local_partner: bool = False
    pilot_budget_usd: Decimal | None = None
    site_offered: bool = False
    purchase: str = ""

    def facts(self) -> dict[str, object]:
        """Return the columns that are no texts, but for naming the company."""
        return {
            "trl_minimum": self.trl_minimum,
            "consortium_allowed": self.consortium_allowed,
            "partners_max": self.partners_max if self.consortium_allowed else None,
            "local_partner": self.local_partner,
            "pilot_budget_usd": self.pilot_budget_usd,
            "site_offered": self.site_offered,
            "purchase": self.purchase,
        }

    def dates(self) -> dict[str, object]:
        """Return the columns of the call."""
        return {name: getattr(self, name) for name in DATES}


def check_content(content: ChallengeContent) -> None:
    """No person: refuse what cannot be stored.

    Raises:
        InvalidInput: `fields` says what, beside the field.
    """
    wrong: dict[str, str] = {}
    if not content.texts.get("title_es", "").strip():
        wrong["title_es"] = _("Give the challenge a title.")
    for language in ("es", "en"):
        if len(content.texts.get(f"title_{language}", "").strip()) > TITLE_MAX:
            wrong[f"title_{language}"] = _("Write the title in at most 200 characters.")
    wrong |= _wrong_facts(content) | _wrong_dates(content)
    if wrong:
        raise InvalidInput(fields=wrong)


def columns_of(content: ChallengeContent) -> dict[str, object]:
    """No person: return texts and facts by their columns; what was not given stays as it is."""
    texts = {n: content.texts[n].strip() for n in ALL_TEXT_FIELDS if n in content.texts}
    return {**texts, **content.facts()}


def plain_content(content: ChallengeContent) -> dict[str, Any]:
    """No person: return what was written, in the shape of `content_of`, without documents."""
    facts = {name: plain(value) for name, value in content.facts().items()}
    dates = {name: plain(value) for name, value in content.dates().items()}
    return {
        "public": {
            **{name: content.texts.get(name, "").strip() for name in TEXT_FIELDS},
            **facts,
            "names_company": content.names_company,
            **dates,
            "themes": sorted(theme.slug for theme in content.themes),
            "criteria": [{**asdict(row), "id": row.pk or row.name_es} for row in content.criteria],
            "documents": [],
        },
        "nda": {
            **{name: content.texts.get(name, "").strip() for name in NDA_FIELDS},
            "documents": [],
        },
    }


def write_lists(challenge: Challenge, content: ChallengeContent) -> None:
    """No person: put themes, criteria and the call of a challenge as they were written."""
    challenge.themes.set(content.themes)
    replace_criteria(challenge.criteria, content.criteria)
    if content.opens_at and content.closes_at:
        Call.objects.update_or_create(challenge=challenge, defaults=content.dates())
    else:
        Call.objects.filter(challenge=challenge).delete()


def swap_columns(
    challenge: Challenge, revision: int, state: ChallengeState, columns: Mapping[str, object]
) -> None:
    """No person: compare and swap the revision; of two who save at once, one gets Conflict.

    Raises:
        WrongState: the challenge is not in `state` any more.
        Conflict: somebody saved since `revision`.
    """
    movable = Challenge.objects.filter(pk=challenge.pk, revision=revision, state=state)
    if movable.update(**columns, revision=F("revision") + 1):
        challenge.refresh_from_db()
        return
    challenge.refresh_from_db()
    if challenge.state != state:
        raise WrongState(_("This challenge has moved on; reload the page."))
    raise Conflict(_("Somebody else saved this challenge. What you wrote is still here."))


def _wrong_facts(content: ChallengeContent) -> dict[str, str]:
    wrong = {}
    if content.trl_minimum not in {None, *Trl.values}:
        wrong["trl_minimum"] = _("Choose a level from 1 to 9.")
    budget = content.pilot_budget_usd
    if budget is not None and not 0 < budget <= BUDGET_MAX_USD:
        wrong["pilot_budget_usd"] = _("Write an amount in US dollars, above 0.")
    if content.partners_max is not None and not 1 <= content.partners_max <= PARTNERS_MAX:
        wrong["partners_max"] = _("Write a number from 1 to 20.")
    if content.local_partner and not content.consortium_allowed:
        wrong["local_partner"] = _("A partner can be demanded only where consortia are welcome.")
    if content.purchase and content.purchase not in Purchase.values:
        wrong["purchase"] = _("Choose one of the list.")
    return wrong


def _wrong_dates(content: ChallengeContent) -> dict[str, str]:
    if bool(content.opens_at) != bool(content.closes_at):
        name = "closes_at" if content.opens_at else "opens_at"
        return {name: _("Write both dates, or none yet.")}
    if not content.opens_at or not content.closes_at:
        others = [name for name, value in content.dates().items() if value]
        return {others[0]: _("Set first when the call opens and closes.")} if others else {}
    if content.closes_at <= content.opens_at:
        return {"closes_at": _("The call has to close after it opens.")}
    if content.closes_at - content.opens_at > LONGEST_CALL:
        return {"closes_at": _("A call is open for two years at most. Check the year.")}
    if wrong := wrong_order(Call(**content.dates())):
        questions = content.questions_until
        outside = questions and not content.opens_at < questions < content.closes_at
        return {"questions_until" if outside else "evaluation_until": wrong}
    return {}
