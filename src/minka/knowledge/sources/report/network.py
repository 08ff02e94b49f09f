"""Who is tied to whom, as the public ties tell it."""

from collections import Counter
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from minka.core.charts import Node, network_chart
from minka.core.templatetags.formats import number
from minka.knowledge.models import NetworkRun, Standing
from minka.knowledge.queries.directory import visible_actors
from minka.knowledge.queries.network import community_name
from minka.knowledge.queries.network_words import measures
from minka.knowledge.queries.standings import (
    articulations,
    communities,
    meetings,
    newest_run,
    top_standings,
)
from minka.knowledge.queries.ties import ties
from minka.knowledge.sources.report.blocks import (
    WIDTH_PT,
    Block,
    Chapter,
    Edition,
    Table,
    heading,
    kind_colors,
    kind_legend,
    list_table,
    long_date,
    note,
    text,
)

HEIGHT_PT = 258.0
DRAWN = 600
NAMED = 14
REFER = ("bridges", "type_assortativity")  # whose limits speak of tables of the page
LISTED = 8
TOLD_EACH = 4  # times that one organisation is named among those who should meet


def tied(edition: Edition) -> Chapter:
    """The newest reckoning of the network: picture, measures, brokers, who should meet."""
    chapter = Chapter("network", _("Who is tied to whom"))
    run = newest_run(viewer=edition.viewer)
    if run is None or not run.ties:
        chapter.blocks = [
            note(_("No network yet"), _("No public tie is known, or they were not measured yet."))
        ]
        return chapter
    told = measures(run.figures)
    by_key = {one.key: one for one in told}
    chapter.lead = by_key["size"].reading
    chapter.sentences = [
        chapter.lead,
        by_key["components"].reading,
        *(
            _("%(name)s stands between the most others: %(pairs)s pairs.")
            % {"name": one.actor.name, "pairs": number(one.brokered)}
            for one in top_standings(viewer=edition.viewer, run=run, by="brokered")[:1]
        ),
    ]
    chapter.figures = [(number(run.ties), _("pairs with a public tie"))]
    source = _("public ties, measured on %(day)s") % {"day": long_date(run.on_date)}
    chapter.blocks = [
        _drawing(chapter, edition, run, source),
        heading(_("What the measures say")),
        list_table(
            [_("Measure"), _("Value"), _("What it says")],
            [[one.name, one.value, one.reading] for one in told],
            align="lrl",
            widths=["4.2cm", "1.7cm", "1fr"],
        ),
        *_brokers(edition, run),
        *_meetings(edition, run),
    ]
    chapter.method = [
        (one.name, one.definition if one.key in REFER else f"{one.definition} {one.limits}")
        for one in told
    ]
    return chapter


def _drawing(chapter: Chapter, edition: Edition, run: NetworkRun, source: str) -> Block:
    rows = list(_standings(edition, run).order_by("degree", "pk"))[-DRAWN:]
    rows = [one for one in rows if (one.x, one.y) != (0.0, 0.0)]
    seat = {one.actor_id: at for at, one in enumerate(rows)}
    pairs = {
        (min(a, b), max(a, b))
        for a, b in ties(viewer=edition.viewer).values_list("tail_id", "head_id")
        if a in seat and b in seat
    }
    named = {one.pk for one in rows[-NAMED:]}
    most = max((one.degree for one in rows), default=1)
    colors = kind_colors(Counter(one.actor.kind for one in rows).most_common())
    nodes = [
        Node(
            one.x, one.y, 1.6 + 4.4 * (one.degree / most) ** 0.5, colors[one.actor.kind],
            _short(one.actor.name) if one.pk in named else "",
        )
        for one in rows
    ]  # fmt: skip
    groups = communities(viewer=edition.viewer)[:12]
    return chapter.picture(
        "drawing",
        network_chart(
            nodes, sorted((seat[a], seat[b]) for a, b in pairs), width=WIDTH_PT, height=HEIGHT_PT
        ),
        title=_("The network of public ties"),
        reading=_(
            "Organisations with ties stand near each other; the more ties, the larger. Named are "
            "those with the most."
        ),
        source=source,
        legend=kind_legend(colors),
        table=Table(
            _("Organisations with the most ties, and communities"),
            [_("Organisation or community"), _("Ties or members")],
            [
                *([one.actor.name, number(one.degree)] for one in reversed(rows[-15:])),
                *(
                    [
                        _("Community: %(name)s")
                        % {"name": community_name(one, in_english=edition.in_english)},
                        number(one.size),
                    ]
                    for one in groups
                ),
            ],
            "lr",
            source,
        ),
    )


def _standings(edition: Edition, run: NetworkRun) -> QuerySet[Standing]:
    found = Standing.objects.filter(run=run).select_related("actor")
    return found.filter(actor__in=visible_actors(viewer=edition.viewer))


def _brokers(edition: Edition, run: NetworkRun) -> list[Block]:
    rows = list(top_standings(viewer=edition.viewer, run=run, by="brokered"))[:LISTED]
    if not rows:
        return []
    roles: list[tuple[str, str]] = [
        ("coordinator", _("coordinator")),
        ("itinerant", _("itinerant")),
        ("gatekeeper", _("gatekeeper")),
        ("liaison", _("liaison")),
    ]

    def role(one: Standing) -> str:
        return max(roles, key=lambda pair: getattr(one, pair[0]))[1]

    single = [one.actor.name for one in articulations(viewer=edition.viewer, run=run)][:3]
    return [
        heading(_("Brokers: who brings others together")),
        text(
            _(
                "A broker stands between two who have no tie with each other. Without %(names)s "
                "a piece of the network would fall apart."
            )
            % {"names": _joined(single)}
            if single
            else _("A broker stands between two who have no tie with each other.")
        ),
        list_table(
            [_("Organisation"), _("Type of organisation"), _("Mostly as"), _("Pairs")],
            [
                [one.actor.name, str(one.actor.get_kind_display()), role(one), number(one.brokered)]
                for one in rows
            ],
            align="lllr",
            widths=["2.4fr", "1.4fr", "1.1fr", "1.4cm"],
        ),
    ]


def _meetings(edition: Edition, run: NetworkRun) -> list[Block]:
    found, told = [], Counter[int]()
    for one in meetings(viewer=edition.viewer, run=run):
        ends = (one.one.pk, one.other.pk)
        if max(told[pk] for pk in ends) < TOLD_EACH:
            found.append(one)
            told.update(ends)
    found = found[:LISTED]
    if not found:
        return []

    def why(one: Any) -> str:
        reasons = []
        if one.common:
            names = _joined([_short(actor.name) for actor in one.common[:2]])
            reasons.append(_("both know %(names)s") % {"names": names})
        if one.shared:
            labels = [t.label_en if edition.in_english else t.label_es for t in one.shared[:2]]
            reasons.append(_("both work on %(themes)s") % {"themes": _joined(labels)})
        return "; ".join(reasons)

    return [
        heading(_("Who should meet")),
        text(
            _(
                "They have no tie that is known, and much in common: whom both know, and the "
                "themes both bear. It is a suggestion, not a forecast."
            )
        ),
        list_table(
            [_("Organisation"), _("should meet"), _("because")],
            [[one.one.name, one.other.name, why(one)] for one in found],
            align="lll",
            widths=["1fr", "1fr", "1.5fr"],
        ),
    ]


def _joined(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(most)s and %(last)s") % {"most": ", ".join(names[:-1]), "last": names[-1]}


def _short(name: str) -> str:
    return name if len(name) <= 34 else f"{name[:33].rstrip()}…"
