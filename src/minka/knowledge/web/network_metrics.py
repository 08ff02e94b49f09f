"""The measures of the network: each with its definition, its reading and its limits."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.access import require
from minka.core.errors import DomainError
from minka.core.http import SignedInRequest
from minka.core.templatetags.formats import number
from minka.knowledge.actions.community_names import name_community
from minka.knowledge.actions.network_jobs import measure_now
from minka.knowledge.forms.ties import CommunityForm
from minka.knowledge.models import NetworkRun, Standing
from minka.knowledge.queries.network import community_name
from minka.knowledge.queries.network_words import measures
from minka.knowledge.queries.standings import (
    articulations,
    bridges,
    communities,
    meetings,
    newest_run,
    top_standings,
)
from minka.knowledge.states import ActorKind

HEATS = 5
WITHIN_95 = 1.96


@dataclass(frozen=True, slots=True)
class Cell:
    """Ties between two types; `heat` from 0 (none) to 5 (the most)."""

    count: int
    heat: int


@dataclass(frozen=True, slots=True)
class TopTable:
    """The actors with the most of one measure."""

    key: str
    name: str
    unit: str
    definition: str
    reading: str
    limits: str
    rows: list[tuple[Standing, str]]


@login_not_required
@require_GET
def metrics_page(request: HttpRequest) -> HttpResponse:
    """What the ties tell of the whole and of who stands where; of public ties alone."""
    run = newest_run(viewer=request.user)
    context: dict[str, Any] = {"run": run}
    if run is not None and run.ties:
        types, matrix = _mixing(run)
        context |= {
            "measures": measures(run.figures),
            "tables": [
                _degree(request, run),
                _between(request, run),
                _close(request, run),
                _cores(request, run),
                _brokers(request, run),
            ],
            "articulations": articulations(viewer=request.user, run=run),
            "bridges": bridges(viewer=request.user, run=run),
            "types": types,
            "matrix": matrix,
            "mixing_reading": _mixing_reading(types, matrix),
            "communities": [(one, _name(one)) for one in communities(viewer=request.user)],
            "meetings": meetings(viewer=request.user, run=run),
        }
    return render(request, "knowledge/network/metrics.html", context)


@require_POST
def measure(request: SignedInRequest) -> HttpResponse:
    """Ask for the measures at once."""
    measure_now(by=request.user)
    messages.success(request, _("The measures are being reckoned; come back in a minute."))
    return redirect("knowledge:network_metrics")


@require_http_methods(["GET", "POST"])
def community_edit(request: SignedInRequest, number: int) -> HttpResponse:
    """Give a community a name."""
    require(request.user, "knowledge.network_measure")
    found = communities(viewer=request.user).filter(number=number).first()
    if found is None:
        raise Http404
    initial = {"name_es": found.given_es, "name_en": found.given_en}
    form = CommunityForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            name_community(by=request.user, community=found, **form.cleaned_data)
        except DomainError as error:
            form.take(error)
        else:
            messages.success(request, _("The community has its name."))
            return redirect("knowledge:network_metrics")
    context = {"community": found, "name": _name(found), "form": form}
    status = 422 if form.errors else 200
    return render(request, "knowledge/network/community.html", context, status=status)


def _name(community: Any) -> str:
    return community_name(community, in_english=(get_language() or "es")[:2] == "en")


def _mixing(run: NetworkRun) -> tuple[list[str], list[tuple[str, list[Cell]]]]:
    """Return the types that have ties and the table of ties between them."""
    figures = run.figures
    labels = {kind.value: str(kind.label) for kind in ActorKind}
    table = figures["mixing"]
    used = [at for at, row in enumerate(table) if any(row)]
    highest = max((table[one][other] for one in used for other in used), default=0)

    def cell(count: int) -> Cell:
        return Cell(count, 0 if not count else max(1, round(HEATS * (count / highest) ** 0.5)))

    names = [labels.get(figures["types"][at], figures["types"][at]) for at in used]
    rows = [
        (name, [cell(table[one][other]) for other in used])
        for name, one in zip(names, used, strict=True)
    ]
    return names, rows


def _mixing_reading(types: list[str], matrix: list[tuple[str, list[Cell]]]) -> str:
    """Say which two types have the most ties, and which large ones none."""
    pairs = [
        (cell.count, name, types[at])
        for row, (name, cells) in enumerate(matrix)
        for at, cell in enumerate(cells)
        if at >= row
    ]
    if not pairs:
        return ""
    count, one, other = max(pairs)
    total = sum(pair[0] for pair in pairs)
    return _("Most ties are between “%(one)s” and “%(other)s”: %(count)s of %(total)s.") % {
        "one": one,
        "other": other,
        "count": number(count),
        "total": number(total),
    }


def _degree(request: HttpRequest, run: NetworkRun) -> TopTable:
    rows = list(top_standings(viewer=request.user, run=run, by="degree"))
    return TopTable(
        "degree",
        _("Most ties (degree)"),
        _("organisations"),
        _("With how many others an organisation has a tie, whatever its kind or direction."),
        _first(rows, _("%(name)s has ties with the most others: %(value)s."), _whole("degree")),
        _("Who was asked more, or keeps lists, has more ties on record."),
        [(row, number(row.degree)) for row in rows],
    )


def _between(request: HttpRequest, run: NetworkRun) -> TopTable:
    rows = list(top_standings(viewer=request.user, run=run, by="betweenness"))
    limits = _("Real contacts do not always take the shortest way.")
    if run.figures.get("pivots"):
        limits += " " + _(
            "The network is large, so paths from %(count)s organisations chosen by chance stand "
            "for all; ± is the interval that holds the true value in about 9 of 10 cases."
        ) % {"count": number(run.figures["pivots"])}
    return TopTable(
        "betweenness",
        _("On the way between others (betweenness)"),
        _("of the shortest paths"),
        _("The share of shortest paths between two others that pass by an organisation."),
        _first(rows, _("%(name)s lies on the most paths: %(value)s of them."), _between_value),
        limits,
        [(row, _between_value(row)) for row in rows],
    )


def _close(request: HttpRequest, run: NetworkRun) -> TopTable:
    rows = list(top_standings(viewer=request.user, run=run, by="closeness"))
    return TopTable(
        "closeness",
        _("Near to everybody (closeness)"),
        _("of the most possible"),
        _("The mean of 1 ÷ steps to each other organisation; those out of reach count 0."),
        _first(rows, _("%(name)s reaches the others in the fewest steps."), _close_value),
        _("Organisations without known ties count as out of reach, which lowers it for all."),
        [(row, _close_value(row)) for row in rows],
    )


def _cores(request: HttpRequest, run: NetworkRun) -> TopTable:
    rows = list(top_standings(viewer=request.user, run=run, by="core"))
    return TopTable(
        "core",
        _("In the core (k-core)"),
        _("core number"),
        _("The largest k such that an organisation is in a group where all know k others."),
        _first(rows, _("%(name)s is in the innermost core, of number %(value)s."), _whole("core")),
        _("Many share the highest value: the order among them is that of the alphabet."),
        [(row, number(row.core)) for row in rows],
    )


def _brokers(request: HttpRequest, run: NetworkRun) -> TopTable:
    rows = list(top_standings(viewer=request.user, run=run, by="brokered"))
    return TopTable(
        "brokers",
        _("Brokers"),
        _("pairs brought together"),
        _(
            "Between how many pairs without a tie an organisation stands: as coordinator (all of "
            "one type), itinerant (the two of another type), gatekeeper (at the border of its own "
            "type) or liaison (three types)."
        ),
        _first(rows, _("%(name)s stands between the most: %(value)s pairs."), _whole("brokered")),
        _("It says who could bring others together, not who does."),
        [(row, f"{number(row.brokered)} · {_role(row)}") for row in rows],
    )


def _role(row: Standing) -> str:
    """Return the role in which an organisation brings most pairs together."""
    roles = {
        _("coordinator"): row.coordinator,
        _("itinerant"): row.itinerant,
        _("gatekeeper"): row.gatekeeper,
        _("liaison"): row.liaison,
    }
    return max(roles, key=lambda name: roles[name])


def _whole(name: str) -> Any:
    return lambda row: number(getattr(row, name))


def _between_value(row: Standing) -> str:
    text = f"{number(row.betweenness * 100, 2)}\u00a0%"
    if row.betweenness_error:
        text += f" ± {number(row.betweenness_error * 100 * WITHIN_95, 2)}"
    return text


def _close_value(row: Standing) -> str:
    text = number(row.closeness, 3)
    if row.closeness_error:
        text += f" ± {number(row.closeness_error * WITHIN_95, 3)}"
    return text


def _first(rows: list[Standing], sentence: str, value: Any) -> str:
    if not rows:
        return _("Nobody yet.")
    return sentence % {"name": rows[0].actor.name, "value": value(rows[0])}
