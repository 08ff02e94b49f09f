"""A made-up universe of organisations: what each is called and how it is reached."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from stdnum.pe import ruc as pe_ruc

from minka.methods.linkage.training.lexicon import ACTIVITIES, GIVEN, STREETS, SURNAMES
from minka.methods.linkage.training.naming import Namer, slug

Place = tuple[str, str, str]  # region, province, district
HOME = "PE"
_REGIONS = 12  # organisations gather in a few
_DISTRICTS = 40
_DOMAINS = (
    ".com.pe", ".pe", ".com", "sac.com.pe", "peru.com", "-peru.com.pe", "grupo.com",
)  # fmt: skip
_USERS = ("ventas", "contacto", "info", "gerencia", "proyectos", "administracion")
_PROVIDERS = ("gmail.com", "hotmail.com", "outlook.com", "yahoo.es", "hotmail.es")
_LEGAL = {"sac": 45, "eirl": 25, "srl": 20, "sa": 9, "saa": 1}


@dataclass(frozen=True, slots=True)
class Given:
    """What the universe is made of that is not made up.

    Args:
        places: region, province and district of every district of a country.
        names: real names without legal forms, for their vocabulary; may be empty.
    """

    places: Sequence[Place]
    names: Sequence[str] = ()


@dataclass
class Entity:
    """One organisation. `family` names the misleading relation it is part of."""

    id: int
    words: str
    legal: str
    ruc: str
    place: Place
    activity: str
    trade: str = ""
    former: str = ""
    acronym: str = ""
    phones: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    domain: str = ""
    site: str = ""
    street: str = ""
    person: bool = False
    state: bool = False
    branches: list[Place] = field(default_factory=list)
    foreign_id: str = ""
    country: str = HOME
    family: str = ""
    popularity: float = 1.0


@dataclass(frozen=True, slots=True)
class Traits:
    """What a relation knows of an organisation beforehand; the rest is drawn."""

    place: Place | None = None
    family: str = ""
    acronym: str = ""
    domain: str = ""
    person: bool = False
    state: bool = False


class Universe:
    """Organisations, drawn from one seed."""

    def __init__(self, seed: int, given: Given) -> None:
        self.rng = random.Random(seed)
        self.regions = self.rng.sample(sorted({place[0] for place in given.places}), _REGIONS)
        self._weights = [1 / (rank + 1) for rank in range(_REGIONS)]
        self._by_region: dict[str, list[Place]] = {}
        for place in given.places:
            self._by_region.setdefault(place[0], []).append(place)
        self.namer = Namer(self.rng, self.rng.uniform(0.3, 0.6), given.names)
        self.entities: list[Entity] = []
        self._rucs: set[str] = set()
        self._offices: set[str] = set()

    def legal(self) -> str:
        return self.rng.choices(list(_LEGAL), list(_LEGAL.values()))[0]

    def ruc(self, prefix: str = "20") -> str:
        """Return a number that nobody here has, with its check digit."""
        while True:
            body = f"{prefix}{self.rng.randint(1_000_000, 69_999_999):08d}"[:10]
            number = body + pe_ruc.calc_check_digit(body)
            if number not in self._rucs:
                self._rucs.add(number)
                return number

    def place(self, region: str = "") -> Place:
        region = region or self.rng.choices(self.regions, self._weights)[0]
        return self.rng.choice(self._by_region[region][:_DISTRICTS])

    def phone(self, region: str) -> str:
        """Return a mobile, or a landline with the area code of its region."""
        if self.rng.random() < 0.6:
            return f"9{self.rng.randint(0, 99_999_999):08d}"
        if region == "Lima":
            return f"01{self.rng.randint(2_000_000, 7_999_999)}"
        area = 41 + sum(ord(letter) * (at + 1) for at, letter in enumerate(region)) % 42
        return f"0{area}{self.rng.randint(200_000, 899_999)}"

    def office(self, words: str, traits: Traits) -> None:
        """Add an office of the state, which calls no two of them the same."""
        if slug(words) not in self._offices:
            self._offices.add(slug(words))
            self.add(words, "", traits)

    def add(self, words: str, legal: str, traits: Traits | None = None) -> Entity:
        """Add an organisation of that name."""
        rng, known = self.rng, traits or Traits()
        entity = Entity(
            id=len(self.entities),
            words=words,
            legal=legal,
            ruc=self.ruc("10" if known.person else "20"),
            place=known.place or self.place(),
            activity=rng.choice(ACTIVITIES),
            acronym=known.acronym,
            domain=known.domain,
            person=known.person,
            state=known.state,
            family=known.family,
        )
        entity.popularity = rng.paretovariate(1.4)
        self._settle(entity)
        self._connect(entity)
        self._rename(entity)
        self.entities.append(entity)
        return entity

    def _settle(self, entity: Entity) -> None:
        rng = self.rng
        entity.phones = [self.phone(entity.place[0]) for _ in range(rng.choice((1, 1, 2)))]
        entity.street = f"{rng.choice(STREETS)} {rng.randint(100, 2999)}"
        if rng.random() < 0.2:
            entity.street = f"Mz. {rng.choice('ABCDEFGHIJKLMN')} Lt. {rng.randint(1, 40)}"
        if rng.random() < 0.12:
            entity.branches = [self.place() for _ in range(rng.choice((1, 2)))]

    def _connect(self, entity: Entity) -> None:
        """Give e-mails at a domain of its own, or at a provider's."""
        rng = self.rng
        bare, words = slug(entity.words), entity.words.split()
        base = rng.choice((bare[:18], bare[:12], slug(words[-1]), slug(words[0])))
        if rng.random() < 0.55:
            entity.domain = entity.domain or (base or "empresa") + rng.choice(_DOMAINS)
        given, surname = slug(rng.choice(GIVEN)), slug(rng.choice(SURNAMES))
        if entity.domain:
            users = rng.sample((*_USERS, given[:1] + surname), 3)
            entity.emails = [f"{user}@{entity.domain}" for user in users]
            entity.site = entity.domain
            return
        end = rng.choice(["peru", ".ventas", ".sac", str(rng.randint(1, 99))])
        person = f"{given}{rng.choice(['', '.', '_'])}{surname}{rng.randint(1, 999)}"
        entity.emails = [f"{rng.choice((base + end, person))}@{rng.choice(_PROVIDERS)}"]
        if rng.random() < 0.1:
            entity.site = f"facebook.com/{base}"

    def _rename(self, entity: Entity) -> None:
        """Give a trade name, a former name, or the number of another country."""
        rng = self.rng
        if rng.random() < 0.3 and not entity.state:
            entity.trade = self.namer.trade_name(entity.words)
        if rng.random() < 0.08 and not entity.state and not entity.person:
            entity.former = self.namer.company()
        if rng.random() < 0.02:
            self.number_abroad(entity)

    def number_abroad(self, entity: Entity) -> None:
        """Give the tax number of another country."""
        shape = self.rng.choice(("30-{}-6", "{}0246", "{}-K"))
        entity.foreign_id = shape.format(self.rng.randint(10**7, 10**8 - 1))
