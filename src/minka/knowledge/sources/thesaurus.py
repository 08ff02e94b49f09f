"""The seed of the bilingual thesaurus: concepts of mining innovation in Spanish and English."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SEED = Path(__file__).resolve().parent.parent / "data" / "mining_terms.csv"


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
        for row in csv.DictReader(file):
            yield ConceptRow(
                es=row["es"].strip(),
                en=row["en"].strip(),
                synonyms_es=_split(row["synonyms_es"]),
                synonyms_en=_split(row["synonyms_en"]),
                parent=row["parent"].strip(),
            )


def _split(cell: str) -> tuple[str, ...]:
    return tuple(term for part in cell.split("|") if (term := part.strip()))
