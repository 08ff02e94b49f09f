"""Made-up sheets, read as files are: what the linkage engine is trained on."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from minka.knowledge.sources.cleaning import clean_row
from minka.knowledge.sources.columns import suggest_mapping
from minka.knowledge.sources.fields import Field
from minka.knowledge.sources.gazetteer import iter_places
from minka.knowledge.sources.linkable import (
    Mapped,
    cut_length,
    is_place,
    of_country,
    read_file,
    to_record,
    usual_country,
)
from minka.methods.linkage.model import Weights
from minka.methods.linkage.names import parse_names
from minka.methods.linkage.records import Record
from minka.methods.linkage.training.fit import LabelledPairs, labelled_pairs
from minka.methods.linkage.training.registers import generate_registers
from minka.methods.linkage.training.second_fit import LabelledLinks, labelled_links
from minka.methods.linkage.training.sheets import Row, generate
from minka.methods.linkage.training.universe import Given

_SAMPLE = 200
_MOST_NAMES = 3000
_LONGEST_NAME = 60
_MOST_WORDS = 6
_DISTRICT_DIGITS = 6


@dataclass(slots=True)
class Labelled:
    """Records, which organisation each is, and what was done to its row."""

    records: list[Record] = field(default_factory=list)
    entities: list[str] = field(default_factory=list)
    ops: list[list[str]] = field(default_factory=list)
    families: list[list[str]] = field(default_factory=list)


def made_of(names: Iterable[Path] = ()) -> Given:
    """Return the places of Peru, and the vocabulary of the names in some sheets."""
    named = {place.inei: place.name for place in iter_places()}
    districts = [
        (named[code[:2]], named[code[:4]], name)
        for code, name in named.items()
        if len(code) == _DISTRICT_DIGITS
    ]
    records = (record for path in names for _source, record in read_file(path))
    lent = (_lent(record.name) for record in islice(records, _MOST_NAMES))
    return Given(districts, [name for name in lent if name])


def _lent(name: str) -> str:
    """Return a name without its legal form, or empty when it is too odd to lend."""
    main = parse_names(name).main
    fits = 1 < len(main.words) <= _MOST_WORDS and len(name) < _LONGEST_NAME and not main.ranks
    return " ".join(main.words).title() if fits else ""


def collection(rows: int, seed: int, given: Given) -> Labelled:
    """Make up sheets and read them as an import would."""
    return _as_read(generate(rows, seed, given))


def registers(rows: int, seed: int, given: Given) -> Labelled:
    """Make up registers of offices, institutions and firms, and read them likewise."""
    return _as_read(generate_registers(rows, seed, given))


def _as_read(rows: Iterable[Row]) -> Labelled:
    sheets: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        sheets[row.sheet].append(row)
    found = Labelled()
    for name, members in sheets.items():
        _read(found, name, members)
    return found


def _read(found: Labelled, sheet: str, rows: Sequence[Row]) -> None:
    headers = list(rows[0].cells)
    sample = [list(row.cells.values()) for row in rows[:_SAMPLE]]
    suggested = suggest_mapping(headers, sample)
    mapping: Mapped = {header: one.field or "" for header, one in suggested.items()}
    cleaned = [clean_row(row.cells, mapping) for row in rows]
    cut = cut_length(clean.text(Field.NAME) for clean in cleaned)
    records = [
        to_record(f"{sheet}:{row.line}", clean, cut=cut, source=sheet)
        for row, clean in zip(rows, cleaned, strict=True)
    ]
    country = usual_country(records[:_SAMPLE])
    for row, record in zip(rows, records, strict=True):
        found.records.append(of_country(record, country))
        found.entities.append(str(row.entity.id))
        found.ops.append(list(row.ops) or ["clean"])
        found.families.append([row.entity.family] if row.entity.family else [])


def training_pairs(made: Labelled) -> LabelledPairs:
    """Return the labelled pairs of one made-up collection."""
    return labelled_pairs(made.records, made.entities, is_place=is_place)


def training_links(made: Labelled, weights: Weights) -> LabelledLinks:
    """Return the labelled links of one made-up collection, by the weights of pairs."""
    return labelled_links(made.records, made.entities, weights, is_place=is_place)


def without_sources(made: Labelled) -> Labelled:
    """Return the same rows as one list, as if nobody knew where they stood."""
    return replace(made, records=[replace(record, source="") for record in made.records])
