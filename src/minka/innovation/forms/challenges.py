"""A challenge in two languages, its call, and more time for it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm
from minka.innovation.actions.challenges import ChallengeContent
from minka.innovation.actions.criteria import CriterionRow
from minka.innovation.forms.drafts import DraftForm
from minka.innovation.forms.fields import (
    ClusterDateTimeField,
    ThemesField,
    chosen_ids,
    text_area,
)
from minka.innovation.models import Challenge
from minka.innovation.queries.challenges import (
    LANGUAGES,
    NEEDED_TEXTS,
    TEXT_FIELDS,
    TEXTS,
    call_of,
)
from minka.innovation.queries.problems_themes import theme_groups
from minka.innovation.states import Trl

HELP = {
    "title": _("What should be achieved, in one line that a supplier understands."),
    "summary": _("Two or three sentences. They are shown in the list and in shared links."),
    "background": _("What happens today, how much of it, and what was tried."),
    "sought": _("What a good answer does. Say what, not how."),
    "not_sought": _("What would not help, so that nobody works in vain."),
    "success": _("The figure that will be measured, today and at the end."),
    "incentives": _("What is offered: a paid pilot, data, a site, a contract if it works."),
    "terms": _("Who may take part, confidentiality, intellectual property."),
}
LANGUAGE_NAMES = {"es": _("in Spanish"), "en": _("in English")}
LINES = {"summary": 3, "background": 6, "sought": 5, "not_sought": 3}


class ChallengeTextsForm(DraftForm):
    """All texts in both languages; only the Spanish title is needed to save a draft."""

    def __init__(self, *args: Any, challenge: Challenge, **kwargs: Any) -> None:
        kwargs.setdefault("initial", initial_of(challenge))
        super().__init__(*args, **kwargs)
        for name, label in TEXTS.items():
            for language in LANGUAGES:
                self.fields[f"{name}_{language}"] = _text_field(name, label, language)

    def texts(self) -> dict[str, str]:
        """Return the texts as they were typed, by field."""
        return {name: self.cleaned_data[name] for name in TEXT_FIELDS}

    def pairs(self) -> list[tuple[Any, Any]]:
        """Return each text's two fields, Spanish first, for the page to draw side by side."""
        return [(self[f"{name}_es"], self[f"{name}_en"]) for name in TEXTS]


class ChallengeForm(ChallengeTextsForm):
    """A draft: texts, themes, whether the company is named, and the call."""

    names_company = forms.BooleanField(
        label=_("Name the company in public"),
        help_text=_("Only with the company's consent. Otherwise nothing public says whose it is."),
        required=False,
    )
    trl_minimum = forms.TypedChoiceField(
        label=_("Readiness asked for (TRL)"),
        help_text=_("The least that an answer has to have reached. It is shown to everybody."),
        choices=[("", _("It does not matter")), *Trl.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    opens_at = ClusterDateTimeField(label=_("The call opens"))
    closes_at = ClusterDateTimeField(label=_("The call closes"))

    def __init__(self, *args: Any, challenge: Challenge, **kwargs: Any) -> None:
        super().__init__(*args, challenge=challenge, **kwargs)
        self.fields["themes"] = ThemesField(
            theme_groups(also=challenge.themes.all()), label=_("Themes"), required=False
        )

    def chosen_themes(self) -> set[int]:
        """Return the ids of the themes that are ticked now."""
        return chosen_ids(self["themes"])

    def content(self, criteria: list[CriterionRow]) -> ChallengeContent:
        """Return what was typed, for the action."""
        clean = self.cleaned_data
        return ChallengeContent(
            texts=self.texts(),
            themes=clean["themes"],
            names_company=clean["names_company"],
            trl_minimum=clean["trl_minimum"],
            criteria=criteria,
            opens_at=clean["opens_at"],
            closes_at=clean["closes_at"],
        )


class ExtendForm(DomainForm):
    """A later date, and why."""

    closes_at = ClusterDateTimeField(label=_("The call closes on"))
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Whoever has a draft or a submitted proposal is told, with this reason."),
        widget=text_area(3),
    )


def initial_of(challenge: Challenge) -> dict[str, Any]:
    """Return the values that the editor starts from."""
    call = call_of(challenge)
    return {
        **{name: getattr(challenge, name) for name in TEXT_FIELDS},
        "themes": list(challenge.themes.all()),
        "names_company": challenge.names_company,
        "trl_minimum": challenge.trl_minimum,
        "opens_at": call.opens_at if call else None,
        "closes_at": call.closes_at if call else None,
    }


def _text_field(name: str, label: Any, language: str) -> forms.CharField:
    return forms.CharField(
        label=_("%(text)s, %(language)s") % {"text": label, "language": LANGUAGE_NAMES[language]},
        help_text=HELP[name] if language == "es" else "",
        required=name in NEEDED_TEXTS,
        max_length=200 if name == "title" else None,
        widget=forms.TextInput() if name == "title" else text_area(LINES.get(name, 3)),
    )
