"""The living page: every component in use, with made-up content, for the cluster team."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from minka.core.components import (
    Bar,
    Facet,
    FacetOption,
    Figure,
    HistoryItem,
    Step,
    StepState,
    Tab,
    Tone,
)
from minka.core.errors import NotAllowed
from minka.core.http import SignedInRequest
from minka.core.tones import TONES

SHOWN_STATES = ("draft", "submitted", "shortlisted", "open", "returned", "failed")


class SampleForm(forms.Form):
    """Every kind of field."""

    title_es = forms.CharField(label=gettext_lazy("Title in Spanish"), max_length=120)
    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=120)
    happens = forms.CharField(
        label=gettext_lazy("What happens?"),
        help_text=gettext_lazy("Say it as you would to a colleague from another mine."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    cost = forms.DecimalField(
        label=gettext_lazy("Cost per year (USD)"), required=False, min_value=0
    )
    since = forms.DateField(
        label=gettext_lazy("Since when"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    region = forms.ChoiceField(
        label=gettext_lazy("Region"), choices=[("AR", "Arequipa"), ("MO", "Moquegua")]
    )
    urgency = forms.ChoiceField(
        label=gettext_lazy("Urgency"),
        choices=[("low", gettext_lazy("It can wait")), ("high", gettext_lazy("It stops us"))],
        widget=forms.RadioSelect,
    )
    fit = forms.ChoiceField(
        label=gettext_lazy("It serves the strategy"),
        choices=[(n, n) for n in range(1, 6)],
        widget=forms.RadioSelect,
    )
    evidence = forms.FileField(
        label=gettext_lazy("Evidence"),
        required=False,
        help_text=gettext_lazy("PDF or image, up to 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,image/*", "data-max-bytes": 10_485_760}),
    )
    agreed = forms.BooleanField(label=gettext_lazy("The company's representative agrees"))


@require_GET
def components(request: SignedInRequest) -> HttpResponse:
    """Show every component.

    Raises:
        NotAllowed: the viewer is not of the cluster team.
    """
    if not request.user.is_staff:
        raise NotAllowed
    bad = SampleForm({"title_es": "", "title_en": "Dry stacking"}, prefix="bad")
    context = {"form": SampleForm(), "bad": bad, **_samples()}
    return render(request, "core/components.html", context)


def _samples() -> dict[str, Any]:
    now = timezone.now()
    regions = [("AR", "Arequipa", 1204), ("MO", "Moquegua", 386), ("TA", "Tacna", 291)]
    return {
        "chips": [(state, state.replace("_", " "), TONES[state]) for state in SHOWN_STATES],
        "tones": list(Tone),
        "closes_at": now + timedelta(days=9, hours=3),
        "page": Paginator(range(320), 25).page(4),
        "steps": [
            Step(_("Stated"), StepState.DONE, who="Rosa Quispe", at=now - timedelta(days=40)),
            Step(_("Triage"), StepState.DONE, who=_("Cluster team"), at=now - timedelta(days=31)),
            Step(
                _("Rating"),
                StepState.CURRENT,
                who=_("Representatives of the companies"),
                due=now + timedelta(days=4),
            ),
            Step(_("Challenge")),
        ],
        "facet": Facet(
            "region",
            _("Region"),
            [FacetOption(code, name, count, code == "AR") for code, name, count in regions],
        ),
        "figures": [
            Figure("34", _("problems"), _("stated by four companies since March"), "2026"),
            Figure("8", _("challenges"), _("are public and receive proposals"), "2026"),
            Figure(
                "US$ 2.4 M",
                _("per year"),
                _("is what the eight problems cost, by the companies' own estimate"),
                source=_("problem sheets"),
            ),
        ],
        "bars": [Bar(name, count, url="#charts") for _code, name, count in regions],
        "history": [
            HistoryItem(now - timedelta(hours=5), _("Shortlisted"), who="Rosa Quispe"),
            HistoryItem(
                now - timedelta(days=2),
                _("Evidence added"),
                who="Luis Mamani",
                detail="relaves.pdf",
            ),
        ],
        "tabs": [
            Tab(_("Summary"), "#tabs", current=True),
            Tab(_("Proposals"), "#tabs", count=6),
            Tab(_("History"), "#tabs"),
        ],
    }
