"""Who is on the map: where, of which types and sizes, and how well each is known."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minka.core.charts import Bar, Part, bar_chart, share_chart
from minka.core.templatetags.formats import number
from minka.knowledge.models import Actor, Source, Theme
from minka.knowledge.queries.countries import country_name
from minka.knowledge.queries.directory import DirectoryCounts, directory, directory_counts
from minka.knowledge.queries.gaps import ACTOR_TYPES
from minka.knowledge.queries.map_look import MapLook
from minka.knowledge.sources.map_picture import map_svg
from minka.knowledge.sources.report.blocks import (
    HALF_PT,
    WIDTH_PT,
    Block,
    Chapter,
    Edition,
    Table,
    capital,
    columns,
    long_date,
    percent,
    text,
)
from minka.knowledge.states import ActorKind, SizeBand

MAP_PX = (680, 740)  # so that its letters are legible on paper
BARS = 8


def located(edition: Edition) -> Chapter:
    """Where the organisations are."""
    counts = _counts(edition)
    whole = counts.total
    chapter = Chapter("map", _("Where they are"))
    chapter.lead = _(
        "%(located)s of %(total)s organisations (%(share)s) have a position on the map; the others "
        "are counted and not drawn."
    ) % {
        "located": number(counts.located),
        "total": number(whole),
        "share": percent(counts.located, whole),
    }
    regions = sorted(((n, name) for _pk, name, n in counts.regions), reverse=True)
    rows = [(name, n) for n, name in regions]
    countries = [(country_name(code=code), n) for code, n in counts.countries]
    chapter.blocks = [
        chapter.picture(
            "map",
            map_svg(
                viewer=edition.viewer, wanted=edition.wanted, look=MapLook(), size=MAP_PX,
                for_print=True,
            ),
            title=_("The organisations of the ecosystem on the map"),
            reading=_(
                "The area of a circle is how many organisations it stands for; where only the town "
                "is known of one, it counts in its centre."
            ),
            source=_("%(sources)s; shapes of the countries: Natural Earth")
            % {"sources": told_by(edition)},
            table=Table(
                _("Organisations by country and region"),
                [_("Country or region"), _("Organisations"), _("Share")],
                [[label, number(n), percent(n, whole, 1)] for label, n in (*countries, *rows)],
                "lrr",
                told_by(edition),
                _("Regions are those of the country of the cluster."),
            ),
        )
    ]  # fmt: skip
    if rows:
        chapter.sentences = [
            chapter.lead,
            _("%(region)s is the region with most of them: %(count)s (%(share)s).")
            % {
                "region": rows[0][0],
                "count": number(rows[0][1]),
                "share": percent(rows[0][1], whole),
            },
        ]
        chapter.figures = [
            (number(len(rows)), ngettext("region", "regions", len(rows))),
        ]
    return chapter


def composed(edition: Edition) -> Chapter:
    """Of which types and sizes, working on what, and how well known."""
    counts = _counts(edition)
    whole, source = counts.total, told_by(edition)
    chapter = Chapter("composition", _("Who they are"))
    kinds = [(str(ActorKind(kind).label), n) for kind, n in counts.kinds if n]
    regions = [(name, n) for n, name in sorted(
        ((n, name) for _pk, name, n in counts.regions), reverse=True
    )]  # fmt: skip
    sizes = [(str(band.label), dict(counts.sizes).get(band.value, 0)) for band in SizeBand]
    unsized = whole - sum(n for _label, n in sizes)
    themes = _themes(edition)
    if kinds:
        chapter.lead = _(
            "%(kind)s is the most frequent type: %(count)s of %(total)s organisations (%(share)s)."
        ) % {
            "kind": kinds[0][0],
            "count": number(kinds[0][1]),
            "total": number(whole),
            "share": percent(kinds[0][1], whole),
        }
        chapter.sentences = [chapter.lead]
    shown: list[Block] = [
        _bars(
            chapter,
            "types",
            kinds,
            whole,
            source,
            _("By type"),
            _("Type of organisation"),
            _("What an organisation is in the cluster; each has one type."),
        ),
    ]
    if regions:
        shown.append(
            _bars(
                chapter,
                "regions",
                regions,
                whole,
                source,
                _("By region"),
                _("Region"),
                _("Where the main office is, as far as it is told."),
            )
        )
    known = [(label, n) for label, n in sizes if n]
    if known:
        reading = _("The size is known of %(known)s organisations; of %(rest)s it is not.") % {
            "known": number(whole - unsized),
            "rest": number(unsized),
        }
        shown.append(
            _bars(chapter, "sizes", known, whole - unsized, source, _("By size"),
                  _("People who work in it"), reading)
        )  # fmt: skip
    if themes:
        shown.append(
            _bars(chapter, "themes", themes, whole, source,
                  _("By theme"), _("Theme"),
                  _("An organisation may bear several themes, so that shares add up to more."))
        )  # fmt: skip
    chapter.blocks.append(columns(shown[0::2], shown[1::2]))
    chapter.blocks.append(_known(chapter, counts, source))
    chapter.figures = [(number(whole), ngettext("organisation", "organisations", whole))]
    chapter.sentences.append(
        _("%(verified)s are verified by the cluster team and %(claimed)s keep their own profile.")
        % {
            "verified": f"{number(counts.verified[0])}\u00a0({percent(counts.verified[0], whole)})",
            "claimed": f"{number(counts.claimed[0])}\u00a0({percent(counts.claimed[0], whole)})",
        }
    )
    if themes:
        sentence = ngettext(
            "The most frequent theme is “%(theme)s”: %(count)s organisation.",
            "The most frequent theme is “%(theme)s”: %(count)s organisations.",
            themes[0][1],
        )
        chapter.sentences.append(sentence % {"theme": themes[0][0], "count": number(themes[0][1])})
    if not whole:
        chapter.blocks = [text(_("No organisation is as this edition asks."))]
    return chapter


def told_by(edition: Edition) -> str:
    """Return where the organisations come from, in a line."""
    count = Source.objects.filter(records__isnull=False).distinct().count()
    return ngettext(
        "map of the ecosystem on %(day)s, from %(count)s source",
        "map of the ecosystem on %(day)s, from %(count)s sources",
        count,
    ) % {"day": long_date(edition.made_at), "count": number(count)}


def _themes(edition: Edition) -> list[tuple[str, int]]:
    """Return how many work on each of the themes next to the top, the most frequent first."""
    themes = Theme.objects.in_bulk()

    def broad(pk: int) -> int | None:
        path: list[int] = [pk]
        while (above := themes[path[-1]].broader_id or 0) in themes and above not in path:
            path.append(above)
        is_theme = len(path) > 1 and themes[path[-1]].label_es != ACTOR_TYPES
        return path[-2] if is_theme else None

    row = {pk: broad(pk) for pk in themes}
    who = set(
        directory(viewer=edition.viewer, wanted=edition.wanted)
        .order_by()
        .values_list("pk", flat=True)
    )
    links = Actor.themes.through._default_manager.values_list("actor_id", "theme_id")
    pairs = {
        (actor, row[theme]) for actor, theme in links.iterator() if actor in who and theme in row
    }
    counted = Counter(theme for _actor, theme in pairs if theme is not None)
    return [
        (capital((themes[pk].label_en if edition.in_english else "") or themes[pk].label_es), n)
        for pk, n in sorted(counted.items(), key=lambda one: (-one[1], themes[one[0]].label_es))
    ]


def _counts(edition: Edition) -> DirectoryCounts:
    return directory_counts(viewer=edition.viewer, wanted=edition.wanted)


def _bars(  # noqa: PLR0913, PLR0917 -- what one picture needs
    chapter: Chapter,
    name: str,
    rows: Sequence[tuple[str, int]],
    whole: int,
    source: str,
    title: str,
    head: str,
    reading: str,
) -> Block:
    shown = [
        Bar(label, n, f"{number(n)} · {percent(n, whole)}", is_marked=at == 0)
        for at, (label, n) in enumerate(rows[:BARS])
    ]
    rest = rows[BARS:]
    if rest:
        left = sum(n for _label, n in rest)
        words = ngettext("%(count)s other", "%(count)s others", len(rest))
        shown.append(
            Bar(words % {"count": number(len(rest))}, left,
                f"{number(left)} · {percent(left, whole)}")
        )  # fmt: skip
    return chapter.picture(
        name,
        bar_chart(shown, width=HALF_PT, label_width=104),
        title=title,
        reading=reading,
        source=source,
        table=Table(
            title,
            [head, _("Organisations"), _("Share")],
            [[label, number(n), percent(n, whole, 1)] for label, n in rows],
            "lrr",
            source,
        ),
    )


def _known(chapter: Chapter, counts: DirectoryCounts, source: str) -> Block:
    """Draw how far the map can be trusted: verified, claimed, confirmed lately."""
    ages = dict(counts.fresh)
    fresh = [
        (_("In the last 6 months"), ages.get("6", 0)),
        (_("6 to 12 months ago"), ages.get("12", 0) - ages.get("6", 0)),
        (_("Longer ago"), ages.get("older", 0)),
        (_("Never"), ages.get("never", 0)),
    ]
    groups: list[tuple[str, list[tuple[str, int]]]] = [
        (_("Verified by the cluster team"), _yes_no(counts.verified)),
        (_("Claimed by the organisation"), _yes_no(counts.claimed)),
        (_("Profile confirmed"), fresh),
    ]
    whole = counts.total

    def part(label: str, n: int) -> Part:
        return Part(label, n, f"{number(n)} · {percent(n, whole)}")

    rows: list[list[str]] = [
        [title, label, number(n), percent(n, whole, 1)]
        for title, ones in groups
        for label, n in ones
    ]
    return chapter.picture(
        "known",
        share_chart(
            [(title, [part(*one) for one in ones]) for title, ones in groups], width=WIDTH_PT
        ),
        title=_("How well they are known"),
        reading=_(
            "What the team has checked, what organisations keep themselves, and when they last "
            "said that their profile is right."
        ),
        source=source,
        table=Table(
            _("How well they are known"),
            [_("What"), _("Answer"), _("Organisations"), _("Share")],
            rows,
            "llrr",
            source,
        ),
    )


def _yes_no(pair: tuple[int, int]) -> list[tuple[str, Any]]:
    return [(_("Yes"), pair[0]), (_("No"), pair[1])]


def organisations(edition: Edition) -> int:
    """Return how many organisations the edition is of."""
    return directory(viewer=edition.viewer, wanted=edition.wanted).count()
