"""The thesaurus in files: CSV as the seed has it, SKOS in Turtle for other systems."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from rdflib import DCTERMS, OWL, RDF, SKOS, Graph, Literal, URIRef
from rdflib.exceptions import ParserError

from minka.core.errors import InvalidInput
from minka.knowledge.models import Theme

SEED = Path(__file__).resolve().parent.parent / "data" / "mining_terms.csv"
COLUMNS = ("es", "en", "synonyms_es", "synonyms_en", "parent")
MOST_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class ConceptRow:
    """`parent` is the Spanish term of the broader concept, empty at the top."""

    es: str
    en: str
    synonyms_es: tuple[str, ...]
    synonyms_en: tuple[str, ...]
    parent: str


def iter_concepts(path: Path = SEED) -> Iterator[ConceptRow]:
    """Yield concepts in the order of the file.

    Raises:
        KeyError: a column is missing.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from _rows(csv.DictReader(file))


def read_concepts(content: bytes) -> list[ConceptRow]:
    """Return the concepts of a file that a person hands in: CSV, or SKOS in Turtle.

    Raises:
        InvalidInput: it is neither, or it has no concept.
    """
    try:
        text = content[:MOST_BYTES].decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput(
            _("Save the file with the encoding UTF-8 and hand it in again.")
        ) from error
    rows = _from_turtle(text) if _looks_like_turtle(text) else _from_csv(text)
    if not rows:
        raise InvalidInput(_("There is no concept in this file."))
    return rows


def to_csv(themes: Iterable[Theme]) -> str:
    """Return the thesaurus with the columns that `read_concepts` takes."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in themes:
        broader = one.broader.label_es if one.broader else ""
        writer.writerow(
            [
                one.label_es,
                one.label_en,
                "|".join(one.synonyms_es),
                "|".join(one.synonyms_en),
                broader,
            ]
        )
    return out.getvalue()


def to_turtle(
    themes: Sequence[Theme], *, scheme_url: str, title: str, merged: Iterable[Theme] = ()
) -> str:
    """Return the thesaurus as SKOS; the address of a concept is that of its page.

    Args:
        themes: the concepts, each with its broader one loaded.
        scheme_url: address of the page of the whole thesaurus, with a slash at its end.
        title: what the thesaurus is called.
        merged: concepts that others replaced, each with the one that did.
    """
    graph = Graph()
    graph.bind("skos", SKOS)
    scheme = URIRef(scheme_url)
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    graph.add((scheme, SKOS.prefLabel, Literal(title, lang="es")))
    for one in themes:
        node = URIRef(f"{scheme_url}{one.slug}/")
        graph.add((node, RDF.type, SKOS.Concept))
        graph.add((node, SKOS.inScheme, scheme))
        graph.add((node, SKOS.notation, Literal(one.slug)))
        for language in ("es", "en"):
            label = getattr(one, f"label_{language}")
            graph.add((node, SKOS.prefLabel, Literal(label, lang=language)))
            for synonym in getattr(one, f"synonyms_{language}"):
                graph.add((node, SKOS.altLabel, Literal(synonym, lang=language)))
        if one.broader:
            above = URIRef(f"{scheme_url}{one.broader.slug}/")
            graph.add((node, SKOS.broader, above))
            graph.add((above, SKOS.narrower, node))
        else:
            graph.add((node, SKOS.topConceptOf, scheme))
            graph.add((scheme, SKOS.hasTopConcept, node))
    graph.bind("dct", DCTERMS)
    for one in merged:
        node = URIRef(f"{scheme_url}{one.slug}/")
        if one.replaced_by:
            graph.add((node, RDF.type, SKOS.Concept))
            graph.add((node, SKOS.inScheme, scheme))
            graph.add((node, SKOS.notation, Literal(one.slug)))
            graph.add((node, OWL.deprecated, Literal(True)))
            new = URIRef(f"{scheme_url}{one.replaced_by.slug}/")
            graph.add((node, DCTERMS.isReplacedBy, new))
    return graph.serialize(format="turtle")


def _from_csv(text: str) -> list[ConceptRow]:
    try:
        delimiter = ";" if text.partition("\n")[0].count(";") > 2 else ","
        return list(_rows(csv.DictReader(io.StringIO(text), delimiter=delimiter, strict=True)))
    except (KeyError, AttributeError, csv.Error) as error:
        raise InvalidInput(
            _("The first line has to name the columns %(columns)s.")
            % {"columns": ", ".join(COLUMNS)}
        ) from error


def _rows(reader: Iterable[dict[str, str]]) -> Iterator[ConceptRow]:
    for row in reader:
        yield ConceptRow(
            es=row["es"].strip(),
            en=row["en"].strip(),
            synonyms_es=_split(row["synonyms_es"]),
            synonyms_en=_split(row["synonyms_en"]),
            parent=row["parent"].strip(),
        )


def _looks_like_turtle(text: str) -> bool:
    return "skos" in text[:5000] and ("@prefix" in text[:5000] or "PREFIX" in text[:5000])


def _from_turtle(text: str) -> list[ConceptRow]:
    graph = Graph()
    try:
        graph.parse(data=text, format="turtle")
    except (ParserError, SyntaxError, ValueError) as error:
        raise InvalidInput(_("This Turtle file cannot be read.")) from error
    rows = []
    for node in sorted(graph.subjects(RDF.type, SKOS.Concept), key=str):
        if graph.value(node, OWL.deprecated) == Literal(True):
            continue  # another concept has taken its place
        labels = _texts(graph, node, SKOS.prefLabel)
        others = _texts(graph, node, SKOS.altLabel)
        above = graph.value(node, SKOS.broader)
        parent = _texts(graph, above, SKOS.prefLabel)["es"] if above is not None else []
        rows.append(
            ConceptRow(
                es=next(iter(labels["es"]), ""),
                en=next(iter(labels["en"]), ""),
                synonyms_es=tuple(others["es"]),
                synonyms_en=tuple(others["en"]),
                parent=next(iter(parent), ""),
            )
        )
    return rows


def _texts(graph: Graph, node: object, predicate: URIRef) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"es": [], "en": []}
    for value in graph.objects(node, predicate):  # type: ignore[arg-type]  # any node of the graph
        if isinstance(value, Literal) and value.language in found:
            found[value.language].append(str(value))
    return {language: sorted(texts) for language, texts in found.items()}


def _split(cell: str) -> tuple[str, ...]:
    return tuple(term for part in cell.split("|") if (term := part.strip()))
