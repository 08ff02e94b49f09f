"""The relations between organisations that mislead whoever joins lists."""

from collections.abc import Callable

from minka.methods.linkage.training.lexicon import (
    ABROAD,
    GIVEN,
    STATE,
    SURNAMES,
    TAILS,
    TRADES,
    UNITS,
)
from minka.methods.linkage.training.naming import initials, slug
from minka.methods.linkage.training.universe import Entity, Given, Traits, Universe

_CHILDREN = (
    "Chile", "Perú", "Servicios", "Minería", "Energía", "Logística", "Inmobiliaria", "Proyectos",
    "Argentina",
)  # fmt: skip
# One row for each number, so that two organisations of a family never have the same.
_SEQUELS = (("II", "2", "Dos"), ("III", "3"), ("Plus",), ("2021",))
_CLAIMS = (("Uno", "I"), ("II", "2"), ("III",), ("5",), ("2013",))
_SERIES = (
    ("0", "1", "2", "3", "4", "5", "6", "7", "8"),
    ("1", "2", "3", "4", "5", "6"),
    ("I", "II", "III", "IV", "V", "VI"),
    ("Uno", "Dos", "Tres", "Cuatro"),
    ("A", "B", "C", "D"),
    ("Primera", "Segunda", "Tercera"),
)


def populated(size: int, seed: int, given: Given) -> Universe:
    """Return a universe with at least `size` organisations, related as in life."""
    universe = Universe(seed, given)
    while len(universe.entities) < size:
        universe.rng.choices(list(_FAMILIES), list(_FAMILIES.values()))[0](universe)
    return universe


def _plain(universe: Universe) -> None:
    universe.add(universe.namer.company(), universe.legal())


def _person(universe: Universe) -> None:
    rng = universe.rng
    surnames, given = rng.choices(SURNAMES, k=2), rng.choices(GIVEN, k=2)
    universe.add(" ".join(surnames + given), "", Traits(person=True))


def _municipality(universe: Universe) -> None:
    """A municipality; at times one of a province and one of a district share a seat."""
    rng, place = universe.rng, universe.place()
    tiers = ["Distrital", "Provincial"]
    if rng.random() < 1 / 3:
        tiers.reverse()
    seat = place[2] if tiers[0] == "Distrital" else place[1]
    short, domain = f"Muni {seat}", f"muni{slug(seat)}.gob.pe"
    traits = Traits(place=place, acronym=short, state=True, domain=domain)
    universe.office(f"Municipalidad {tiers[0]} de {seat}", traits)
    if rng.random() < 0.3:
        twin = Traits(place=place, acronym=short, state=True, family="pubunit")
        universe.office(f"Municipalidad {tiers[1]} de {seat}", twin)


def _state(universe: Universe) -> None:
    place = universe.place()
    seat = universe.rng.choice((*place, universe.namer.proper()))
    words = f"{universe.rng.choice(STATE)} {seat}"
    universe.office(words, Traits(place=place, state=True, acronym=initials(words)))


def _regional(universe: Universe) -> None:
    """A regional government and units of it."""
    rng = universe.rng
    region = rng.choice(universe.regions)
    base = f"Gobierno Regional de {region}"
    universe.office(
        base,
        Traits(
            place=universe.place(region), state=True, family="pubunit", acronym=f"GORE {region}",
            domain=f"region{slug(region)}.gob.pe",
        ),
    )  # fmt: skip
    for unit in rng.sample(UNITS, rng.randint(1, 3)):
        seat = rng.choice([region, universe.place(region)[1]])
        place = universe.place(region)
        traits = Traits(place=place, state=True, family="pubunit")
        universe.office(f"{base} - {unit} {seat}", traits)


def _near(universe: Universe) -> None:
    """Names a hair apart: another ending, another trade, a swapped word, one letter."""
    rng = universe.rng
    first = universe.add(universe.namer.company(), universe.legal(), Traits(family="near"))
    for _ in range(rng.choice((1, 1, 2, 3))):
        place = first.place if rng.random() < 0.35 else None
        legal = universe.legal() if rng.random() < 0.7 else first.legal
        universe.add(_nearly(universe, first.words), legal, Traits(place=place, family="near"))


def _nearly(universe: Universe, name: str) -> str:
    rng = universe.rng
    words = name.split()
    index = rng.randrange(len(words))
    roll = rng.random()
    if roll < 0.25:
        last = words[-1]
        plural = last[:-1] if last.endswith(("s", "a", "o")) else ""
        words[-1] = plural or last + rng.choice(("s", "es", "a"))
    elif roll < 0.5:
        words.append(rng.choice(TAILS))
    elif roll < 0.7:
        words[0] = rng.choice(TRADES)
    elif roll < 0.85:
        words[index] = rng.choice((universe.namer.coined(), rng.choice(SURNAMES)))
    else:
        word = words[index]
        at = rng.randrange(len(word))
        words[index] = word[:at] + rng.choice("aeiorstnl") + word[at + 1 :]
    return " ".join(words)


def _namesakes(universe: Universe) -> None:
    """One name in several regions."""
    rng, words, legal = universe.rng, universe.namer.company(), universe.legal()
    for region in rng.sample(universe.regions, rng.choice((2, 2, 3))):
        legal = universe.legal() if rng.random() < 0.5 else legal
        universe.add(words, legal, Traits(place=universe.place(region), family="namesake"))


def _abroad(universe: Universe) -> None:
    """A firm of another country that is called as one here, or nearly; at times of its group."""
    rng, words, legal = universe.rng, universe.namer.company(), universe.legal()
    here = universe.add(words, legal, Traits(family="abroad"))
    for country in rng.sample(sorted(ABROAD), rng.choice((1, 1, 2))):
        city = rng.choice(ABROAD[country])
        traits = Traits(place=(city, city, city), family="abroad")
        other = universe.add(words, legal if rng.random() < 0.5 else universe.legal(), traits)
        other.country, other.branches = country, []
        universe.number_abroad(other)
        if rng.random() < 0.3:
            _share(universe, here, other)
        elif other.domain:
            other.domain = other.site = f"{slug(words)[:12]}.com.{country.lower()}"
            other.emails = [f"info@{other.domain}"]


def _group(universe: Universe) -> None:
    """Sister companies: one telephone and domain for all."""
    rng = universe.rng
    known = Traits(family="group")
    first = universe.add(universe.namer.company(), universe.legal(), known)
    core = first.words.split()[-1]
    for _ in range(rng.choice((1, 2, 3))):
        own = rng.random() < 0.5
        words = f"{rng.choice(TRADES)} {core}" if own else universe.namer.company()
        traits = Traits(place=first.place, family="group")
        _share(universe, first, universe.add(words, universe.legal(), traits))


def _share(universe: Universe, first: Entity, other: Entity) -> None:
    """Let one be reached as another is."""
    rng = universe.rng
    if rng.random() < 0.8:
        other.phones = [first.phones[0], *other.phones][:2]
    if rng.random() < 0.8 and first.domain:
        other.domain, other.site = first.domain, first.site
        other.emails = [*first.emails[:2], f"{slug(other.words)[:10]}@{first.domain}"]
    elif rng.random() < 0.5:
        other.emails = first.emails
    if rng.random() < 0.5:
        other.street = first.street


def _accountant(universe: Universe) -> None:
    """Unrelated companies that give their accountant's e-mail and telephone."""
    rng = universe.rng
    provider = rng.choice(("hotmail.com", "gmail.com"))
    office = f"{slug(rng.choice(SURNAMES))}contadores{rng.randint(1, 99)}@{provider}"
    phone, region = universe.phone(""), rng.choice(universe.regions)
    for _ in range(rng.choice((2, 3, 4, 5))):
        traits = Traits(place=universe.place(region), family="contador")
        client = universe.add(universe.namer.company(), universe.legal(), traits)
        if rng.random() < 0.8:
            client.emails = [office, *client.emails[:1]]
        if rng.random() < 0.7:
            client.phones = [*client.phones[:1], phone]


def _parent(universe: Universe) -> None:
    """A mother company and daughters that carry its name."""
    rng, core = universe.rng, universe.namer.proper()
    role = rng.choice(("Holding ", "Grupo ", "", "Corporación "))
    mother = universe.add(role + core, universe.legal(), Traits(family="parent"))
    for _ in range(rng.choice((1, 2, 3))):
        place = mother.place if rng.random() < 0.6 else None
        traits = Traits(place=place, family="parent")
        child = universe.add(f"{core} {rng.choice(_CHILDREN)}", universe.legal(), traits)
        _share(universe, mother, child)


def _consortium(universe: Universe) -> None:
    """Two companies, what they do together, and perhaps do a second time."""
    rng, known = universe.rng, Traits(family="consorcio")
    members = [universe.add(universe.namer.company(), universe.legal(), known) for _ in range(2)]
    words = "Consorcio " + " ".join(member.words.split()[-1] for member in members)
    place = members[0].place
    joint = universe.add(words, "", Traits(place=place, family="consorcio"))
    _share(universe, members[0], joint)
    if rng.random() < 0.4:
        again = f"{words} {rng.choice(('II', '2', '3'))}"
        universe.add(again, "", Traits(place=place, family="sequel"))


def _marks(universe: Universe, numbers: tuple[tuple[str, ...], ...], count: int) -> list[str]:
    return [universe.rng.choice(ways) for ways in universe.rng.sample(numbers, count)]


def _sequel(universe: Universe) -> None:
    """The same name with a number behind it."""
    rng = universe.rng
    first = universe.add(universe.namer.company(), universe.legal(), Traits(family="sequel"))
    for mark in _marks(universe, _SEQUELS, rng.choice((1, 2))):
        legal = first.legal if rng.random() < 0.6 else universe.legal()
        place = first.place if rng.random() < 0.6 else None
        traits = Traits(place=place, family="sequel")
        other = universe.add(f"{first.words} {mark}", legal, traits)
        if rng.random() < 0.4:
            _share(universe, first, other)


def _series(universe: Universe) -> None:
    """Sister companies told apart by a number or a letter alone, all reached the same way."""
    rng = universe.rng
    words, legal = universe.namer.company(), universe.legal()
    marks = rng.choice(_SERIES)
    chosen = rng.sample(marks, rng.randint(2, len(marks)))
    first = universe.add(f"{words} {chosen[0]}", legal, Traits(family="series"))
    for mark in chosen[1:]:
        traits = Traits(place=first.place, family="series")
        _share(universe, first, universe.add(f"{words} {mark}", legal, traits))


def _concession(universe: Universe) -> None:
    """Holders of mining rights, which number what they hold."""
    rng = universe.rng
    core = f"{rng.choice(('', '', 'Demasía', 'Mina'))} {universe.namer.proper()}".strip()
    for mark in ("", *_marks(universe, _CLAIMS, rng.choice((0, 0, 1, 2)))):
        universe.add(f"{core} {mark}".strip(), "smrl", Traits(family="sequel" if mark else ""))


_FAMILIES: dict[Callable[[Universe], None], float] = {
    _plain: 52, _person: 5, _municipality: 7, _state: 6, _near: 7, _namesakes: 4, _group: 3,
    _accountant: 2.5, _parent: 4, _consortium: 2, _sequel: 2.5, _concession: 4, _regional: 2,
    _series: 0.7, _abroad: 1,
}  # fmt: skip
