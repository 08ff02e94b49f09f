"""The datasets that anybody may take, and their catalogue in the words of DCAT 3."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from rdflib import (
    DCAT,
    DCTERMS,
    FOAF,
    RDF,
    XSD,
    BNode,
    Graph,
    IdentifiedNode,
    Literal,
    Namespace,
    URIRef,
)

from minka.core.http import absolute
from minka.knowledge.queries.open_data import Extent, Standing
from minka.knowledge.sources.exports.making import FORMATS

EU = "http://publications.europa.eu/resource/authority/"
IANA = "https://www.iana.org/assignments/media-types/"
GEOSPARQL = Namespace("http://www.opengis.net/ont/geosparql#")
SPOKEN = {"es": "SPA", "en": "ENG"}
CATALOGUES = {"ttl": "turtle", "jsonld": "json-ld"}
MEDIA_TYPES = {"ttl": "text/turtle; charset=utf-8", "jsonld": "application/ld+json"}


@dataclass(frozen=True)
class File:
    """One way to take a dataset.

    Args:
        media_type: as IANA registers it.
        file_type: as the Publications Office of the European Union names it.
        page: where it is, if it has an address of its own in no language.
    """

    kind: str
    label: str | Promise
    media_type: str
    file_type: str
    page: str = ""

    def url(self, dataset: str, language: str) -> str:
        """Return the path of the file in a language."""
        if self.page:
            return reverse(self.page)
        name = "knowledge:open_data_file" + ("_en" if language == "en" else "")
        return reverse(name, args=[dataset, self.kind])


@dataclass(frozen=True)
class Dataset:
    """Something that anybody may take, in one or more files."""

    code: str
    title: str | Promise
    about: str | Promise
    keywords: tuple[str | Promise, ...]
    files: tuple[File, ...]
    extent: Callable[[Standing], Extent]


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DATASETS = {
    one.code: one
    for one in (
        Dataset(
            "actores",
            _("Organisations"),
            _("Every organisation of the map: what it is, where it is and what it does."),
            (_("organisations"), _("mining"), _("innovation"), _("suppliers")),
            (
                File("csv", "CSV", "text/csv", "CSV"),
                File("xlsx", _("Excel"), XLSX, "XLSX"),
                File("geojson", "GeoJSON", "application/geo+json", "GEOJSON"),
                File("jsonld", "JSON-LD", "application/ld+json", "JSON_LD"),
            ),
            lambda now: now.actors,
        ),
        Dataset(
            "vinculos",
            _("Ties"),
            _("Who supplies, funds or works with whom: ties that are public, with their dates."),
            (_("networks"), _("mining"), _("innovation")),
            (File("graphml", "GraphML", "application/xml", "XML"),),
            lambda now: Extent(
                now.ties.rows, now.ties.since, _latest(now.ties.changed, now.actors.changed)
            ),
        ),
        Dataset(
            "tesauro",
            _("Thesaurus"),
            _("The concepts of mining innovation in Spanish and English, from broad to narrow."),
            (_("thesaurus"), _("mining"), _("innovation")),
            (
                File("csv", "CSV", "text/csv", "CSV", "knowledge:thesaurus_csv"),
                File("ttl", "Turtle", "text/turtle", "RDF_TURTLE", "knowledge:thesaurus_turtle"),
            ),
            lambda now: now.themes,
        ),
    )
}


def files_of(dataset: Dataset, now: Standing) -> list[File]:
    """Return the files that are not too large to be made while somebody waits."""
    return [
        one
        for one in dataset.files
        if one.kind != "xlsx" or now.actors.rows <= FORMATS["xlsx"].at_once
    ]


def licence() -> tuple[str, str]:
    """Return the name and the address of the licence; the address may be empty."""
    name, _space, address = settings.MINKA_OPEN_DATA_LICENCE.strip().rpartition(" ")
    if address.startswith(("https://", "http://")):
        return name or address, address
    return settings.MINKA_OPEN_DATA_LICENCE.strip(), ""


def catalogue(now: Standing) -> Graph:
    """Return the catalogue with all datasets, in both languages."""
    graph = Graph()
    for prefix, space in (
        ("dcat", DCAT), ("dct", DCTERMS), ("foaf", FOAF), ("geo", GEOSPARQL), ("xsd", XSD),
    ):  # fmt: skip
        graph.bind(prefix, space)
    page = absolute(reverse("knowledge:open_data"))
    whole, publisher = URIRef(f"{page}#catalogo"), URIRef(f"{page}#publicador")
    graph.add((publisher, RDF.type, FOAF.Organization))
    graph.add((publisher, FOAF.name, Literal(settings.MINKA_CLUSTER_NAME)))
    graph.add((publisher, FOAF.homepage, URIRef(absolute("/"))))
    graph.add((whole, RDF.type, DCAT.Catalog))
    graph.add((whole, FOAF.homepage, URIRef(page)))
    _say(graph, whole, DCTERMS.title, _("Open data"))
    _say(graph, whole, DCTERMS.description, _("What anybody may take of the map and use again."))
    extents = [one.extent(now) for one in DATASETS.values()]
    _dated(graph, whole, _total(extents))
    _common(graph, whole, publisher)
    for dataset in DATASETS.values():
        node = URIRef(f"{page}#{dataset.code}")
        graph.add((whole, DCAT.dataset, node))
        _describe(graph, node, dataset, now)
        _common(graph, node, publisher)
        graph.add((node, DCAT.landingPage, URIRef(page)))
    return graph


def _describe(graph: Graph, node: URIRef, dataset: Dataset, now: Standing) -> None:
    graph.add((node, RDF.type, DCAT.Dataset))
    graph.add((node, DCTERMS.identifier, Literal(dataset.code)))
    _say(graph, node, DCTERMS.title, dataset.title)
    _say(graph, node, DCTERMS.description, dataset.about)
    for keyword in dataset.keywords:
        _say(graph, node, DCAT.keyword, keyword)
    _dated(graph, node, dataset.extent(now))
    graph.add((node, DCTERMS.accessRights, URIRef(f"{EU}access-right/PUBLIC")))
    if now.box and dataset.code != "tesauro":
        where = BNode(f"{dataset.code}-where")
        west, south, east, north = now.box
        around = ((west, south), (east, south), (east, north), (west, north), (west, south))
        ring = ", ".join(f"{x} {y}" for x, y in around)
        graph.add((node, DCTERMS.spatial, where))
        graph.add((where, RDF.type, DCTERMS.Location))
        shape = Literal(f"POLYGON(({ring}))", datatype=GEOSPARQL.wktLiteral)
        graph.add((where, DCAT.bbox, shape))
    for file in files_of(dataset, now):
        for language in ("es",) if file.page else SPOKEN:
            _distribute(graph, node, dataset, file, language)


def _distribute(graph: Graph, node: URIRef, dataset: Dataset, file: File, language: str) -> None:
    one = URIRef(f"{node}-{file.kind}-{language}")
    address = URIRef(absolute(file.url(dataset.code, language)))
    graph.add((node, DCAT.distribution, one))
    graph.add((one, RDF.type, DCAT.Distribution))
    _say(graph, one, DCTERMS.title, file.label)
    graph.add((one, DCAT.accessURL, address))
    graph.add((one, DCAT.downloadURL, address))
    graph.add((one, DCAT.mediaType, URIRef(f"{IANA}{file.media_type}")))
    graph.add((one, DCTERMS["format"], URIRef(f"{EU}file-type/{file.file_type}")))
    _licensed(graph, one)
    for spoken in SPOKEN if file.page else (language,):
        graph.add((one, DCTERMS.language, URIRef(f"{EU}language/{SPOKEN[spoken]}")))


def _common(graph: Graph, node: URIRef, publisher: URIRef) -> None:
    graph.add((node, DCTERMS.publisher, publisher))
    _licensed(graph, node)
    for code in SPOKEN.values():
        graph.add((node, DCTERMS.language, URIRef(f"{EU}language/{code}")))


def _licensed(graph: Graph, node: URIRef) -> None:
    name, address = licence()
    terms: IdentifiedNode = URIRef(address) if address else BNode("licence")
    graph.add((node, DCTERMS.license, terms))
    graph.add((terms, RDF.type, DCTERMS.LicenseDocument))
    graph.add((terms, DCTERMS.title, Literal(name)))


def _dated(graph: Graph, node: URIRef, extent: Extent) -> None:
    for predicate, at in ((DCTERMS.issued, extent.since), (DCTERMS.modified, extent.changed)):
        if at is not None:
            graph.add((node, predicate, Literal(at.isoformat(), datatype=XSD.dateTime)))


def _say(graph: Graph, node: URIRef, predicate: URIRef, words: str | Promise) -> None:
    for language in SPOKEN:
        with override(language):
            graph.add((node, predicate, Literal(str(words), lang=language)))


def _total(extents: list[Extent]) -> Extent:
    since = [one.since for one in extents if one.since]
    return Extent(0, min(since, default=None), _latest(*(one.changed for one in extents)))


def _latest(*moments: datetime | None) -> datetime | None:
    return max((at for at in moments if at), default=None)
