"""Each measure of the network: what it is, what it says of this one, what it cannot say."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minka.core.templatetags.formats import number

NEARLY = 0.05  # of an index from -1 to 1: less is as good as nothing


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of the whole, in words."""

    key: str
    name: str
    value: str
    definition: str
    reading: str
    limits: str


def measures(figures: dict[str, Any]) -> list[Measure]:
    """Return the measures of the whole, those that make sense of this network."""
    return [
        Measure("size", _("Size"), number(figures["ties"]), *_size(figures)),
        Measure("density", _("Density"), _share(figures["density"], 2), *_density(figures)),
        Measure("components", _("Pieces"), number(figures["components"]), *_components(figures)),
        Measure("bridges", _("Bridges"), number(figures["bridges"]), *_bridges(figures)),
        Measure("core", _("Innermost core"), number(figures["highest_core"]), *_core(figures)),
        Measure("communities", _("Communities"), number(figures["communities"]), *_groups(figures)),
        Measure(
            "ei", _("Openness between types (E-I index)"), _index(figures["ei"]), *_ei(figures)
        ),
        Measure(
            "type_assortativity",
            _("Preference for one's own type"),
            _index(figures["type_assortativity"]),
            *_alike(figures),
        ),
        Measure(
            "degree_assortativity",
            _("Who is tied to the well connected"),
            _index(figures["degree_assortativity"]),
            *_hubs(figures),
        ),
        Measure("reciprocity", _("Reciprocity"), _share(figures["reciprocity"]), *_mutual(figures)),
    ]


def _size(figures: dict[str, Any]) -> tuple[str, str, str]:
    tied = figures["nodes"] - figures["isolated"]
    reading = _(
        "%(tied)s of the %(nodes)s organisations on the map have a known tie, with %(mean)s others "
        "each on average."
    ) % {
        "tied": number(tied),
        "nodes": number(figures["nodes"]),
        "mean": number(figures["mean_degree"], 1),
    }
    return (
        _("How many pairs of organisations have at least one tie of any kind."),
        reading,
        _(
            "It counts what somebody wrote down. An organisation without ties here may have many "
            "that nobody has told."
        ),
    )


def _density(figures: dict[str, Any]) -> tuple[str, str, str]:
    value = figures["density"]
    reading = _("There are too few organisations to tell.")
    if value is not None:
        reading = _(
            "Of every 10,000 pairs of organisations that could have a tie, %(count)s have one."
        ) % {"count": number(value * 10_000, 1)}
    return (
        _("Ties that there are ÷ ties that there could be."),
        reading,
        _(
            "It falls as the map grows, because nobody can know everybody: compare it only between "
            "networks of like size."
        ),
    )


def _components(figures: dict[str, Any]) -> tuple[str, str, str]:
    tied = figures["nodes"] - figures["isolated"]
    share = figures["largest"] / tied if tied else 0
    reading = ngettext(
        "Those with ties hang together in %(count)s piece; the largest holds %(share)s of them.",
        "Those with ties fall into %(count)s pieces; the largest holds %(share)s of them.",
        figures["components"],
    ) % {"count": number(figures["components"]), "share": _share(share)}
    return (
        _("Groups inside which everybody can be reached from everybody, step by step."),
        reading,
        _("One tie more can join two pieces: where few ties are known, there seem to be many."),
    )


def _bridges(figures: dict[str, Any]) -> tuple[str, str, str]:
    reading = ngettext(
        "%(count)s tie is the only link of some organisations to the rest; ",
        "%(count)s ties are the only link of some organisations to the rest; ",
        figures["bridges"],
    ) % {"count": number(figures["bridges"])} + ngettext(
        "without %(count)s organisation the network would fall apart somewhere.",
        "without any of %(count)s organisations the network would fall apart somewhere.",
        figures["articulation"],
    ) % {"count": number(figures["articulation"])}
    return (
        _("Ties, and organisations, without which a piece of the network would fall apart."),
        reading,
        _(
            "Most lead to a single organisation at the edge. Those that would cut off more are in "
            "the table below."
        ),
    )


def _core(figures: dict[str, Any]) -> tuple[str, str, str]:
    reading = _(
        "In the innermost group everybody has ties with at least %(count)s others of that group."
    ) % {"count": number(figures["highest_core"])}
    return (
        _(
            "Take away those with fewer than k ties, again and again: who is left is the k-core. "
            "The number is the largest k that leaves somebody."
        ),
        reading,
        _("It says how dense the inside is, not who matters: a closed circle has a high one."),
    )


def _groups(figures: dict[str, Any]) -> tuple[str, str, str]:
    value = figures["modularity"]
    reading = _("There are no ties yet.")
    if value is not None:
        reading = ngettext(
            "There is %(count)s group with more ties inside than chance would give; "
            "the modularity is %(value)s (0 as chance, towards 1 clear groups).",
            "There are %(count)s groups with more ties inside than chance would give; "
            "the modularity is %(value)s (0 as chance, towards 1 clear groups).",
            figures["communities"],
        ) % {"count": number(figures["communities"]), "value": number(value, 2)}
    return (
        _(
            "Groups of organisations that have more ties among themselves than with others, found "
            "by the Leiden method."
        ),
        reading,
        _(
            "Groups that are small against the whole cannot be seen, and those at the border could "
            "be in either. Networks without groups also reach a modularity of 0.3."
        ),
    )


def _ei(figures: dict[str, Any]) -> tuple[str, str, str]:
    value, expected = figures["ei"], figures["expected_ei"]
    reading = _("There are no ties yet.")
    if value is not None and expected is not None:
        words = {"value": _index(value), "expected": _index(expected)}
        if value < expected - NEARLY:
            reading = _(
                "Ties stay inside a type more than if types did not matter: %(value)s, where "
                "%(expected)s would be expected."
            )
        elif value > expected + NEARLY:
            reading = _(
                "Ties cross types more than if types did not matter: %(value)s, where %(expected)s "
                "would be expected."
            )
        else:
            reading = _(
                "Ties cross types as much as if types did not matter: %(value)s, where "
                "%(expected)s would be expected."
            )
        reading %= words
    return (
        _(
            "(Ties between different types of organisation − ties inside a type) ÷ all ties: "
            "−1 is closed, 1 open."
        ),
        reading,
        _(
            "It depends on how many organisations of each type there are: read it beside the value "
            "expected."
        ),
    )


def _alike(figures: dict[str, Any]) -> tuple[str, str, str]:
    value = figures["type_assortativity"]
    reading = _("It cannot be told: there are no ties, or only one type.")
    if value is not None:
        reading = _("Ties are spread over types as chance would have it.")
        if value > NEARLY:
            reading = _("Organisations have more ties with their own type than chance would give.")
        elif value < -NEARLY:
            reading = _("Organisations have more ties with other types than chance would give.")
    return (
        _("How much ties prefer one's own type: 1 only those, 0 as chance, below 0 others."),
        reading,
        _("It does not say which types are meant: the table of types below does."),
    )


def _hubs(figures: dict[str, Any]) -> tuple[str, str, str]:
    value = figures["degree_assortativity"]
    reading = _("It cannot be told: there are too few ties.")
    if value is not None:
        reading = _("How many ties one has does not tell how many one's partners have.")
        if value < -NEARLY:
            reading = _(
                "The well connected are tied mostly to organisations with few ties: a few hubs "
                "hold the rest together."
            )
        elif value > NEARLY:
            reading = _("The well connected keep mostly to each other.")
    return (
        _("The correlation between the numbers of ties at both ends of a tie, from −1 to 1."),
        reading,
        _("Lists of the members of one association make a hub of it, and the value low."),
    )


def _mutual(figures: dict[str, Any]) -> tuple[str, str, str]:
    value = figures["reciprocity"]
    reading = _("No tie that is known has a direction.")
    if value is not None:
        reading = _(
            "Of the ties with a direction (supplies, funds, trains …), %(share)s are answered by "
            "one the other way."
        ) % {"share": _share(value)}
    return (
        _("The share of ties with a direction that are answered by one in the other direction."),
        reading,
        _("Most kinds are seldom answered by nature: a supplier is seldom its client's client."),
    )


def _share(value: float | None, decimals: int = 0) -> str:
    return "—" if value is None else f"{number(value * 100, decimals)}\u00a0%"


def _index(value: float | None) -> str:
    return "—" if value is None else number(value, 2).replace("-", "\u2212")
