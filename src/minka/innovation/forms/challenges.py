"""A challenge in two languages with its call and its confidential part, and more time for it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm
from minka.innovation.actions.challenge_writing import ChallengeContent
from minka.innovation.actions.criteria import CriterionRow
from minka.innovation.forms.drafts import DraftForm
from minka.innovation.forms.fields import (
    ClusterDateTimeField,
    ThemesField,
    chosen_ids,
    text_area,
)
from minka.innovation.models import Challenge
from minka.innovation.queries.challenge_parts import (
    ALL_TEXT_FIELDS,
    DATES,
    FACTS,
    LANGUAGES,
    NDA_TEXTS,
    NEEDED_TEXTS,
    TEXTS,
    label_of,
)
from minka.innovation.queries.challenges import call_of
from minka.innovation.queries.problems_themes import theme_groups
from minka.innovation.states import ChallengePart, Purchase, Trl

HELP = {
    "title": _("What should be achieved, in one line that a supplier understands."),
    "summary": _("Two or three sentences. They are shown in the list and in shared links."),
    "background": _("What happens today, how much of it, and what was tried."),
    "sought": _("What a good answer does. Say what, not how."),
    "not_sought": _("What would not help, so that nobody works in vain."),
    "success": _("The figure that will be measured, today and at the end."),
    "incentives": _("What is offered: a paid pilot, data, a site, a contract if it works."),
    "eligibility": _("Which organisations may answer, and under what conditions."),
    "consortium": _("Who has to lead, and what each partner brings."),
    "ip": _("Whose the results of the pilot are, and who may use them."),
    "confidentiality": _(
        "What one accepts before the confidential part opens. A new wording asks everybody again."
    ),
    "terms": _("Anything else that binds whoever takes part."),
    "nda_details": _("What only those who accepted confidentiality read: process, figures, tests."),
    "nda_limits": _("Conditions of the place that say too much in public."),
    "nda_offer": _("Data, samples and the site that are on offer, in detail."),
}
LINES = {"summary": 3, "background": 6, "sought": 5, "not_sought": 3, "confidentiality": 8}
ASKING = ("title", "summary", "background", "sought", "not_sought", "success")
OFFERING = ("incentives",)
TAKING_PART = ("eligibility", "consortium")
BINDING = ("ip", "confidentiality", "terms")


class ChallengeForm(DraftForm):
    """All of a challenge; only the Spanish title is needed to save a draft."""

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
    consortium_allowed = forms.BooleanField(label=_("Consortia are welcome"), required=False)
    partners_max = forms.IntegerField(
        label=_("Most partners beside the lead"), min_value=1, max_value=20, required=False
    )
    local_partner = forms.BooleanField(
        label=_("A partner of the region is demanded"), required=False
    )
    pilot_budget_usd = forms.DecimalField(
        label=_("Budget of the pilot (US$)"), min_value=1, decimal_places=2, required=False
    )
    site_offered = forms.BooleanField(label=_("A site for the pilot is offered"), required=False)
    purchase = forms.ChoiceField(
        label=_("If the pilot works"),
        choices=[("", _("Not said")), *Purchase.choices],
        required=False,
    )
    opens_at = ClusterDateTimeField(label=_("The call opens"))
    questions_until = ClusterDateTimeField(
        label=_("Questions until"), help_text=_("Before the call closes, so that all read them.")
    )
    closes_at = ClusterDateTimeField(label=_("The call closes"))

    def __init__(self, *args: Any, challenge: Challenge, **kwargs: Any) -> None:
        kwargs.setdefault("initial", initial_of(challenge))
        super().__init__(*args, **kwargs)
        for name in (*TEXTS, *NDA_TEXTS):
            for language in LANGUAGES:
                self.fields[f"{name}_{language}"] = _text_field(name, language)
        for name in ("evaluation_until", "decision_on", "pilot_from"):
            widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            self.fields[name] = forms.DateField(
                label=str(DATES[name]), widget=widget, required=False
            )
        self.fields["themes"] = ThemesField(
            theme_groups(also=challenge.themes.all()), label=_("Themes"), required=False
        )

    def pairs(self, names: Iterable[str]) -> list[tuple[Any, Any]]:
        """Return the two fields of each text, Spanish first, for the page to draw side by side."""
        return [(self[f"{name}_es"], self[f"{name}_en"]) for name in names]

    def asking(self) -> list[tuple[Any, Any]]:
        """Return the texts that say what is asked for."""
        return self.pairs(ASKING)

    def offering(self) -> list[tuple[Any, Any]]:
        """Return the texts that say what is offered."""
        return self.pairs(OFFERING)

    def taking_part(self) -> list[tuple[Any, Any]]:
        """Return the texts that say who may answer."""
        return self.pairs(TAKING_PART)

    def binding(self) -> list[tuple[Any, Any]]:
        """Return the texts that bind."""
        return self.pairs(BINDING)

    def confidential(self) -> list[tuple[Any, Any]]:
        """Return the texts of the confidential part."""
        return self.pairs(NDA_TEXTS)

    def chosen_themes(self) -> set[int]:
        """Return the ids of the themes that are ticked now."""
        return chosen_ids(self["themes"])

    def content(self, criteria: list[CriterionRow]) -> ChallengeContent:
        """Return what was typed, for the action."""
        clean = self.cleaned_data
        return ChallengeContent(
            texts={name: clean[name] for name in ALL_TEXT_FIELDS},
            themes=clean["themes"],
            criteria=criteria,
            **{name: clean[name] for name in (*FACTS, *DATES) if name in clean},
        )


class ChallengeChangeForm(ChallengeForm):
    """The same after publication, and why; whether the company is named is decided by then."""

    reason = forms.CharField(
        label=_("Reason for the change"),
        help_text=_("It is public, and everybody who follows the challenge is told."),
        widget=text_area(3),
        required=False,
    )

    def __init__(self, *args: Any, challenge: Challenge, **kwargs: Any) -> None:
        super().__init__(*args, challenge=challenge, **kwargs)
        del self.fields["names_company"]


class ExtendForm(DomainForm):
    """A later date, and why."""

    closes_at = ClusterDateTimeField(label=_("The call closes on"))
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It is public, and everybody who follows the challenge is told."),
        widget=text_area(3),
    )


class DocumentForm(DomainForm):
    """A file, its title in both languages, and who reads it."""

    upload = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"data-max-bytes": settings.MINKA_UPLOAD_MAX_BYTES}),
    )
    part = forms.ChoiceField(label=_("Who reads it"), choices=ChallengePart.choices)
    title_es = forms.CharField(label=_("Title, in Spanish"), max_length=160)
    title_en = forms.CharField(label=_("Title, in English"), max_length=160, required=False)
    reason = forms.CharField(
        label=_("Reason for the change"),
        help_text=_("It is public, and everybody who follows the challenge is told."),
        widget=text_area(2),
        required=False,
    )

    def __init__(self, *args: Any, is_public: bool, **kwargs: Any) -> None:
        kwargs["auto_id"] = "id_document_%s"
        super().__init__(*args, **kwargs)
        if not is_public:
            del self.fields["reason"]


class ApprovalForm(DomainForm):
    """What a seat answers."""

    seat = forms.CharField(widget=forms.HiddenInput)
    sha256 = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("What has to change"),
        help_text=_("Needed only to ask for changes. The cluster team reads it."),
        widget=text_area(4),
        required=False,
    )


def initial_of(challenge: Challenge) -> dict[str, Any]:
    """Return the values that the editor starts from."""
    call = call_of(challenge)
    return {
        **{name: getattr(challenge, name) for name in (*ALL_TEXT_FIELDS, *FACTS)},
        **{name: getattr(call, name, None) for name in DATES},
        "themes": list(challenge.themes.all()),
    }


def _text_field(name: str, language: str) -> forms.CharField:
    return forms.CharField(
        label=str(label_of(f"{name}_{language}")),
        help_text=HELP[name] if language == "es" else "",
        required=name in NEEDED_TEXTS,
        max_length=200 if name == "title" else None,
        widget=forms.TextInput() if name == "title" else text_area(LINES.get(name, 3)),
    )
