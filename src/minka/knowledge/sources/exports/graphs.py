"""Organisations and their ties for programs that draw and measure networks.

Source: GraphML 1.0 (graphml.graphdrawing.org); GEXF 1.3 (gexf.net).
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.sax.saxutils import quoteattr

from minka.knowledge.queries.directory import visible_actors
from minka.knowledge.queries.portraits import Portrait
from minka.knowledge.queries.ties import ties
from minka.knowledge.sources.exports.words import Words
from minka.knowledge.states import RELATION_BOTH_WAYS

FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NODE_FACTS = {
    "kind": "string", "kind_label": "string", "country": "string", "region": "string",
    "themes": "string", "latitude": "double", "longitude": "double", "page": "string",
}  # fmt: skip
TIE_FACTS = {"kind": "string", "since": "string", "until": "string", "confidence": "double"}
PARTS_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Tied:
    """A tie between two organisations of the file."""

    tail: str
    head: str
    kind: str
    since: date | None
    until: date | None
    confidence: float

    @property
    def is_directed(self) -> bool:
        """Whether its direction means something."""
        return self.kind not in RELATION_BOTH_WAYS


def ties_among(*, viewer: Any, ids: Collection[int]) -> list[Tied]:
    """Return the ties that `viewer` may know of with both ends in the file. Two SQL statements."""
    inside = set(ids)
    actors = visible_actors(viewer=viewer).values_list("pk", "public_id")
    public_ids = {pk: public_id for pk, public_id in actors if pk in inside}
    rows = ties(viewer=viewer).order_by("pk")
    columns = ("tail_id", "head_id", "kind", "starts_on", "ends_on", "confidence")
    return [
        Tied(public_ids[tail], public_ids[head], kind, since, until, confidence)
        for tail, head, kind, since, until, confidence in rows.values_list(*columns)
        if tail in public_ids and head in public_ids
    ]


def as_graphml(found: Iterable[Portrait], words: Words, tied: Iterable[Tied]) -> Iterator[bytes]:
    """Yield the network with a key for each fact of nodes and ties."""
    return _gathered(_graphml(found, words, tied))


def as_gexf(found: Iterable[Portrait], words: Words, tied: Iterable[Tied]) -> Iterator[bytes]:
    """Yield the network with the days from which and until which ties hold."""
    return _gathered(_gexf(found, words, tied))


def _graphml(found: Iterable[Portrait], words: Words, tied: Iterable[Tied]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    yield '<key id="label" for="node" attr.name="label" attr.type="string"/>\n'
    for name, kind in NODE_FACTS.items():
        yield f'<key id="n_{name}" for="node" attr.name="{name}" attr.type="{kind}"/>\n'
    for name, kind in TIE_FACTS.items():
        yield f'<key id="e_{name}" for="edge" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<graph id="minka" edgedefault="directed">\n'
    for one in found:
        yield f"<node id={_quoted(one.actor.public_id)}>"
        yield f'<data key="label">{_text(one.actor.name)}</data>'
        for name, value in _facts(one, words).items():
            yield f'<data key="n_{name}">{_text(value)}</data>'
        yield "</node>\n"
    for number, tie in enumerate(tied):
        ends = f"source={_quoted(tie.tail)} target={_quoted(tie.head)}"
        yield f'<edge id="e{number}" {ends} directed="{str(tie.is_directed).lower()}">'
        facts = {
            "kind": tie.kind, "since": tie.since, "until": tie.until,
            "confidence": tie.confidence,
        }  # fmt: skip
        for name, value in facts.items():
            if value is not None:
                yield f'<data key="e_{name}">{_text(value)}</data>'
        yield "</edge>\n"
    yield "</graph>\n</graphml>\n"


def _gexf(found: Iterable[Portrait], words: Words, tied: Iterable[Tied]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
    yield '<graph mode="dynamic" defaultedgetype="directed" timeformat="date">\n'
    yield '<attributes class="node">'
    for name, kind in NODE_FACTS.items():
        yield f'<attribute id="{name}" title="{name}" type="{kind}"/>'
    yield '</attributes>\n<attributes class="edge">'
    yield '<attribute id="kind" title="kind" type="string"/></attributes>\n<nodes>\n'
    for one in found:
        yield f"<node id={_quoted(one.actor.public_id)} label={_quoted(one.actor.name)}><attvalues>"
        for name, value in _facts(one, words).items():
            yield f'<attvalue for="{name}" value={_quoted(value)}/>'
        yield "</attvalues></node>\n"
    yield "</nodes>\n<edges>\n"
    for number, tie in enumerate(tied):
        since = f' start="{tie.since.isoformat()}"' if tie.since else ""
        until = f' end="{tie.until.isoformat()}"' if tie.until else ""
        kind = "directed" if tie.is_directed else "undirected"
        yield (
            f'<edge id="{number}" source={_quoted(tie.tail)} target={_quoted(tie.head)}'
            f' type="{kind}" weight="{tie.confidence}"'
            f'{since}{until}><attvalues><attvalue for="kind" value={_quoted(tie.kind)}/>'
            "</attvalues></edge>\n"
        )
    yield "</edges>\n</graph>\n</gexf>\n"


def _facts(one: Portrait, words: Words) -> dict[str, Any]:
    actor = one.actor
    facts = {
        "kind": actor.kind,
        "kind_label": words.kinds[actor.kind],
        "country": actor.country,
        "region": one.region,
        "themes": "; ".join(map(words.theme, one.themes)),
        "latitude": actor.latitude,
        "longitude": actor.longitude,
        "page": words.page(actor.public_id),
    }
    return {name: value for name, value in facts.items() if value not in ("", None)}


def _text(value: Any) -> str:
    text = FORBIDDEN.sub("", str(value))
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(value: Any) -> str:
    return quoteattr(FORBIDDEN.sub("", str(value)))


def _gathered(parts: Iterable[str]) -> Iterator[bytes]:
    held: list[str] = []
    for part in parts:
        held.append(part)
        if len(held) >= PARTS_AT_ONCE:
            yield "".join(held).encode()
            held = []
    yield "".join(held).encode()
