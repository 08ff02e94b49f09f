"""What each field of the public files means: the page, the CSV and the tests read it here."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from minka.knowledge.sources.exports.words import Words, words_in

COLUMNS = ("dataset", "format", "field", "type", "unit", "meaning")
TEXT, TEXTS, NUMBER, WHOLE = _("text"), _("several texts"), _("number"), _("whole number")
DATE, YES_NO, LINK, LINKS = _("date"), _("yes or no"), _("web address"), _("web addresses")
CODE, CODES, OBJECT, OBJECTS = _("code"), _("codes"), _("object"), _("several objects")
DEGREES = _("degrees (WGS 84)")


@dataclass(frozen=True)
class Term:
    """One fact with its name in each file.

    Args:
        names: what it is called in each format, in the order of `VOCABULARIES`; "" where it is not.
            Heads of tables are in the language of the file: there it is the key in `Words.heads`.
    """

    names: tuple[str, ...]
    type: str | Promise
    meaning: str | Promise
    unit: str | Promise = ""


# The formats of each dataset that name their fields alike, with what they are called
VOCABULARIES: dict[str, tuple[tuple[str, str], ...]] = {
    "actores": (("csv", "CSV, Excel"), ("geojson", "GeoJSON"), ("jsonld", "JSON-LD")),
    "vinculos": (("graphml", "GraphML"),),
    "tesauro": (("csv", "CSV"), ("ttl", "Turtle")),
}
HEADED = frozenset({("actores", "csv")})  # their names are keys of `Words.heads`

NAME, KIND = _("Legal name."), _("Type of organisation, in the language of the file.")
TAX_NUMBER = _(
    "Number by which its state knows it; in Peru, the RUC. Empty where it is of a natural person."
)
NUMBERS = _("Each number with the register it is from, but for those of natural persons.")
THEMES = _("Concepts of the thesaurus that it works on.")
ACTORS = (
    Term(("id", "id", ""), TEXT, _("Identifier that never changes; the page has it.")),
    Term(("name", "name", "name"), TEXT, NAME),
    Term(("names", "", "alternateName"), TEXTS, _("Other names by which it is known.")),
    Term(("kind", "kind_label", "additionalType"), TEXT, KIND),
    Term(("", "kind", ""), CODE, _("Type of organisation, the same in every language.")),
    Term(("", "", "@type"), TEXT, _("Always Organization, of schema.org.")),
    Term(("tax", "", "taxID"), TEXT, TAX_NUMBER),
    Term(("ror", "", ""), CODE, _("Number in the register of research organisations.")),
    Term(("", "", "identifier"), OBJECTS, NUMBERS),
    Term(("country", "", ""), TEXT, _("Country where it is.")),
    Term(("", "country", ""), CODE, _("Country where it is, by ISO 3166-1.")),
    Term(("region", "region", ""), TEXT, _("Region where it is.")),
    Term(("province", "province", ""), TEXT, _("Province where it is.")),
    Term(("district", "district", ""), TEXT, _("District where it is.")),
    Term(("city", "", ""), TEXT, _("City where it is, outside Peru.")),
    Term(("", "", "address"), OBJECT, _("Locality, region and country; never the street.")),
    Term(("latitude", "", ""), NUMBER, _("Latitude of its position."), DEGREES),
    Term(("longitude", "", ""), NUMBER, _("Longitude of its position."), DEGREES),
    Term(("", "geometry", "location"), OBJECT, _("Its position, if it is known."), DEGREES),
    Term(
        ("exact", "position_is_exact", ""),
        YES_NO,
        _("Whether the position is its own; if not, it is the centre of its place."),
    ),
    Term(("activity", "activity", ""), TEXT, _("What it does, in a few words.")),
    Term(("about", "", "description"), TEXT, _("What it does, as it tells it.")),
    Term(("isic", "", "isicV4"), CODES, _("Economic activities, by ISIC revision 4.")),
    Term(("products", "", "makesOffer"), TEXTS, _("What it offers.")),
    Term(("themes", "themes", "knowsAbout"), TEXTS, THEMES),
    Term(
        ("capabilities", "", ""),
        TEXTS,
        _("What it can do, with how ready it is."),
        _("TRL, 1 to 9"),
    ),
    Term(("certifications", "", "hasCredential"), TEXTS, _("Certifications that are still valid.")),
    Term(("size", "", "numberOfEmployees"), TEXT, _("Size by a range."), _("people")),
    Term(("founded", "", "foundingDate"), WHOLE, _("When it was founded."), _("year")),
    Term(
        ("languages", "", "knowsLanguage"),
        TEXTS,
        _("Languages it works in; JSON-LD has their ISO 639-1 codes."),
    ),
    Term(("website", "website", "url"), LINK, _("Its website; in JSON-LD, else its page here.")),
    Term(("", "", "sameAs"), LINKS, _("Other pages about it.")),
    Term(
        ("contacts", "", "contactPoint"), TEXTS, _("Contacts that it shows to everybody; no other.")
    ),
    Term(("claimed", "", ""), YES_NO, _("Whether the organisation keeps its own profile.")),
    Term(("verified", "", ""), YES_NO, _("Whether the cluster team has verified it.")),
    Term(("confirmed", "", ""), DATE, _("When it last said that its profile is right.")),
    Term(("page", "page", "@id"), LINK, _("Its page here; the address does not change.")),
)
TIES = (
    Term(("node/@id",), TEXT, _("Identifier of an organisation, as in the organisations.")),
    Term(("label",), TEXT, NAME),
    Term(("n_kind",), CODE, _("Type of organisation, the same in every language.")),
    Term(("n_kind_label",), TEXT, KIND),
    Term(("n_country",), CODE, _("Country where it is, by ISO 3166-1.")),
    Term(("n_region",), TEXT, _("Region where it is.")),
    Term(("n_themes",), TEXTS, THEMES),
    Term(("n_latitude",), NUMBER, _("Latitude of its position."), DEGREES),
    Term(("n_longitude",), NUMBER, _("Longitude of its position."), DEGREES),
    Term(("n_page",), LINK, _("Its page here; the address does not change.")),
    Term(("edge/@source",), TEXT, _("Organisation that the tie starts from.")),
    Term(("edge/@target",), TEXT, _("Organisation that the tie leads to.")),
    Term(("edge/@directed",), YES_NO, _("Whether its direction means something.")),
    Term(("e_kind",), CODE, _("Kind of tie.")),
    Term(("e_since",), DATE, _("First day of the tie, if it is known.")),
    Term(("e_until",), DATE, _("Last day of the tie, if it has ended.")),
    Term(("e_confidence",), NUMBER, _("How sure the tie is."), _("0 to 1")),
)
THESAURUS = (
    Term(("es", "skos:prefLabel"), TEXT, _("Spanish label; Turtle has both languages.")),
    Term(("en", ""), TEXT, _("English label.")),
    Term(("synonyms_es", "skos:altLabel"), TEXTS, _("Spanish synonyms; Turtle has both.")),
    Term(("synonyms_en", ""), TEXTS, _("English synonyms.")),
    Term(("parent", "skos:broader"), TEXT, _("Broader concept; in CSV, its Spanish label.")),
    Term(("", "skos:narrower"), LINKS, _("Narrower concepts.")),
    Term(("", "skos:notation"), CODE, _("Last part of the address of the concept.")),
    Term(("", "skos:inScheme"), LINK, _("The thesaurus that it belongs to.")),
    Term(("", "skos:topConceptOf"), LINK, _("The thesaurus, if nothing is broader.")),
    Term(("", "skos:hasTopConcept"), LINKS, _("Of the thesaurus: concepts with none above.")),
    Term(("", "rdf:type"), LINK, _("Whether it is a concept or the thesaurus.")),
    Term(("", "owl:deprecated"), YES_NO, _("Whether another concept has taken its place.")),
    Term(("", "dcterms:isReplacedBy"), LINK, _("The concept that has taken its place.")),
)
TERMS: dict[str, tuple[Term, ...]] = {"actores": ACTORS, "vinculos": TIES, "tesauro": THESAURUS}


def names_in(dataset: str, term: Term, words: Words) -> list[str]:
    """Return what a fact is called in each vocabulary of its dataset."""
    return [
        words.heads[name] if name and (dataset, kind) in HEADED else name
        for (kind, _label), name in zip(VOCABULARIES[dataset], term.names, strict=True)
    ]


def dictionary_rows(language: str) -> Iterator[tuple[str, ...]]:
    """Yield a row of `COLUMNS` for each field of each file in a language."""
    words = words_in(language)
    with override(language):
        return iter(
            [
                (dataset, label, name, str(term.type), str(term.unit), str(term.meaning))
                for dataset, terms in TERMS.items()
                for place, (_kind, label) in enumerate(VOCABULARIES[dataset])
                for term in terms
                if (name := names_in(dataset, term, words)[place])
            ]
        )


def dictionary_csv(language: str) -> bytes:
    """Return the dictionary as text that spreadsheet programs open well."""
    out = io.StringIO("\ufeff")
    out.seek(0, io.SEEK_END)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(dictionary_rows(language))
    return out.getvalue().encode()
