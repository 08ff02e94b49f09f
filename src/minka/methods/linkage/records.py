"""Rows as the engine sees them, and what is drawn from them once before any pair is compared."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from minka.methods.linkage.evidence import Names
from minka.methods.linkage.names import IsPlace, Name, plain
from minka.methods.linkage.parsing import names_of_records
from minka.methods.linkage.provenance import REGISTRY, Tally, country_of_domain, repeat_key
from minka.methods.linkage.vocabulary import Vocabulary, learn_vocabulary
from minka.methods.linkage.words import MAIL_PROVIDERS, SHARED_SITES, WORD, words_of

MANY_NAMES = 6  # a contact of more is shared


@dataclass(frozen=True, slots=True)
class Record:
    """One row, cleaned. Empty where the row says nothing; places by their search key.

    `key` should be unlike every other: it decides where all else is equal.
    """

    key: str
    name: str
    trade_name: str = ""
    other_names: tuple[str, ...] = ()
    acronym: str = ""
    tax_id: str = ""  # scheme:value, only when it may serve as an identity
    tax_written: str = ""  # digits of a number that is not trusted
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    website: str = ""
    region: str = ""
    province: str = ""
    district: str = ""
    address: str = ""
    activity: str = ""
    name_cut: bool = False  # the name is as long as its column allows
    source: str = ""  # the sheet it stands in
    country: str = ""  # ISO 3166 alpha-2


@dataclass(slots=True)
class Prepared:
    """Columns of the records, one entry each, in order."""

    records: Sequence[Record]
    names: list[Names] = field(default_factory=list)
    tax: list[str] = field(default_factory=list)
    tax_written: list[str] = field(default_factory=list)
    emails: list[list[str]] = field(default_factory=list)
    domains: list[list[str]] = field(default_factory=list)
    phones: list[list[str]] = field(default_factory=list)
    streets: list[str] = field(default_factory=list)
    places: list[list[str]] = field(default_factory=list)
    regions: list[str] = field(default_factory=list)
    activities: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    repeating: list[str] = field(default_factory=list)  # how often its source names one twice
    ranks: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))  # by key
    shared: set[str] = field(default_factory=set)  # contacts of several organisations
    vocabulary: Vocabulary = field(default_factory=Vocabulary)


def prepare(
    records: Sequence[Record],
    *,
    is_place: IsPlace,
    vocabulary: Vocabulary | Callable[[Prepared], Vocabulary] | None = None,
    processes: int = 1,
) -> Prepared:
    """Parse names, normalise contacts, learn the vocabulary and see which contacts are shared.

    What only the whole collection tells is worked out once more where Spark does the work:
    `spark_frames.load` follows this step by step.

    Args:
        records: of all sources together: rarity is judged on what is there.
        is_place: tells whether a text is the name of a place.
        vocabulary: of earlier records, when new ones are compared with them; or what recalls it
            for the names that were taken apart.
        processes: how many take names apart at once.
    """
    found = lay_out(records, is_place=is_place, processes=processes)
    found.ranks = ranks_by_key(records)
    usage = Counter(name for names in found.names for name in (names.main, *names.others))
    if callable(vocabulary):
        vocabulary = vocabulary(found)
    elif vocabulary is None:
        vocabulary = learn_vocabulary(usage, usage)
        branches = (names.main.branch for names in found.names if names.main.branch)
        words = {*vocabulary.counts, *branches}
        vocabulary.places = {word for word in words if is_place(word)}
    found.vocabulary = vocabulary
    found.names = _without_names_of_many(found)
    found.shared = _shared_contacts(found)
    found.repeating = _repeating(found)
    return found


def lay_out(records: Sequence[Record], *, is_place: IsPlace, processes: int = 1) -> Prepared:
    """Parse names and normalise contacts: what a record tells without the others."""
    found = Prepared(records)
    found.names = names_of_records(records, is_place=is_place, processes=processes)
    for record, names in zip(records, found.names, strict=True):
        branch = bool(names.main.branch)
        found.tax.append(record.tax_id)
        found.tax_written.append("" if record.tax_id else record.tax_written)
        found.emails.append(sorted({email for email in record.emails if "@" in email}))
        found.domains.append(sorted(_domains(record)))
        found.phones.append(sorted({key for phone in record.phones if (key := phone_key(phone))}))
        found.streets.append(street_key(record.address))
        found.regions.append("" if branch else record.region)
        lower = {place for place in (record.province, record.district) if place}
        found.places.append([] if branch else sorted(lower))
        found.activities.append(record.activity)
        found.sources.append(record.source)
        found.countries.append(record.country)
    return found


def ranks_by_key(records: Sequence[Record]) -> NDArray[np.int64]:
    """Number the records by their keys: the same whatever order they come in."""
    order = sorted(range(len(records)), key=lambda i: (records[i].key, records[i].name))
    ranks = np.empty(len(records), dtype=np.int64)
    ranks[order] = np.arange(len(records))
    return ranks


def phone_key(phone: str) -> str:
    """Return a mobile whole, and of a landline the digits that people write without its area."""
    digits = re.sub(r"\D", "", phone).lstrip("0")
    if phone.startswith("+51"):
        digits = digits[2:]
    if len(digits) == 9 and digits.startswith("9"):
        return digits
    return digits[-6:] if 6 <= len(digits) <= 9 else digits


def _domains(record: Record) -> Iterable[str]:
    """Web domains of its own: those of mail providers and shared sites say nothing."""
    for email in record.emails:
        host = email.rpartition("@")[2].lower()
        if host and host.split(".")[0] not in MAIL_PROVIDERS:
            yield host
    if record.website:
        bare = re.sub(r"^[a-z]+://", "", record.website.lower())
        host, _, path = bare.partition("/")
        host = host.split(":")[0].removeprefix("www.")
        site = next((part for part in host.split(".") if part in SHARED_SITES), "")
        if site:
            page = path.split("?")[0].strip("/").rpartition("/")[2]
            if page:
                yield f"{site}/{page}"
        elif "." in host:
            yield host


def country_of(record: Record, usual: str = "") -> str:
    """Return the country a record is of: as told, or `usual` for its sheet.

    Where no country is usual, a tax number or addresses on the web tell it. They do not go against
    a sheet of one country: many firms there have the number or site of a mother company.
    """
    scheme = record.tax_id.partition(":")[0]
    numbered = "" if scheme.startswith(REGISTRY) else scheme.partition(".")[0].upper()
    return record.country or usual or numbered or _country_of_sites(record)


def _country_of_sites(record: Record) -> str:
    hosts = [email.rpartition("@")[2] for email in record.emails]
    site = re.sub(r"^[a-z]+://", "", record.website.lower()).partition("/")[0].partition(":")[0]
    told = {
        country
        for host in (site, *hosts)
        if host.partition(".")[0] not in MAIL_PROVIDERS and (country := country_of_domain(host))
    }
    return told.pop() if len(told) == 1 else ""


_STREET_FILLER = words_of("""
    av avda avenida jr jiron ca cal calle psje pasaje pj nro no num numero n of int dpto dep
    urb mz lt lote manzana coop aa hh asoc p j sn s
""")


def street_key(address: str) -> str:
    """Reduce an address to its street and number: `"Avda. GRAU # 922 URB. X"` → `grau 922`."""
    words = WORD.findall(re.sub(r"(?<=\D)(?=\d)|(?<=\d)(?=\D)", " ", plain(address)))
    if words[:1] == ["mz"]:
        return " ".join(words[:4])
    kept: list[str] = []
    for word in words:
        if word.isdigit() and kept:
            return " ".join([*kept, word])
        if word not in _STREET_FILLER and word not in ("de", "la", "los", "las", "el"):
            kept.append(word)
    return ""


def _without_names_of_many(found: Prepared) -> list[Names]:
    """Drop what many organisations give as their other name: "(Spain)", "- IEO"."""
    owners: dict[Name, set[str]] = defaultdict(set)
    for names in found.names:
        for other in names.others:
            owners[other].add(telling_word(names.main, found.vocabulary))
    of_many = {name for name, words in owners.items() if len(words) > MANY_NAMES}
    return [without(names, of_many) for names in found.names] if of_many else found.names


def without(names: Names, dropped: Container[Name]) -> Names:
    """Return the names of a record without some of the others."""
    return replace(names, others=tuple(name for name in names.others if name not in dropped))


def _shared_contacts(found: Prepared) -> set[str]:
    """Return e-mails, domains and telephones under which several organisations are reached."""
    owners: dict[str, set[str]] = defaultdict(set)
    spoken: dict[str, set[str]] = defaultdict(set)
    for index, names in enumerate(found.names):
        telling = telling_word(names.main, found.vocabulary)
        for column in (found.emails, found.domains, found.phones):
            for value in column[index]:
                if tax := found.tax[index]:
                    owners[value].add(tax)
                spoken[value].add(telling)
    return {
        value
        for value, names in spoken.items()
        if len(owners.get(value, ())) > 1 or len(names) > MANY_NAMES
    }


def telling_word(name: Name, vocabulary: Vocabulary) -> str:
    """Return one word by which a name is told from others, or empty."""
    words = [word for word in name.words if not vocabulary.is_common(word)]
    return min(words or name.words, default="")


def append(earlier: Prepared, records: Sequence[Record], *, is_place: IsPlace) -> Prepared:
    """Return the earlier records and new ones together, with the vocabulary learnt before."""
    fresh = prepare(records, is_place=is_place, vocabulary=earlier.vocabulary)
    joined = Prepared(
        [*earlier.records, *records],
        names=earlier.names + fresh.names,
        tax=earlier.tax + fresh.tax,
        tax_written=earlier.tax_written + fresh.tax_written,
        emails=earlier.emails + fresh.emails,
        domains=earlier.domains + fresh.domains,
        phones=earlier.phones + fresh.phones,
        streets=earlier.streets + fresh.streets,
        places=earlier.places + fresh.places,
        regions=earlier.regions + fresh.regions,
        activities=earlier.activities + fresh.activities,
        sources=earlier.sources + fresh.sources,
        countries=earlier.countries + fresh.countries,
        ranks=ranks_by_key([*earlier.records, *records]),
        vocabulary=earlier.vocabulary,
    )
    joined.shared = _shared_contacts(joined)
    joined.repeating = _repeating(joined)
    return joined


def _repeating(found: Prepared) -> list[str]:
    """Return of each record how often its source names one organisation twice."""
    tally = Tally()
    rows = Counter(
        (source, repeat_key(found.names[i], found.tax[i], found.regions[i], found.countries[i]))
        for i, source in enumerate(found.sources)
        if source
    )
    for (source, key), count in rows.items():
        tally.add(source, key, count)
    classes = tally.classes()
    return [classes.get(source, "") for source in found.sources]
