"""Company names as the south of Peru writes them: families, hills, saints, trades, acronyms."""

import random
from collections.abc import Callable, Iterator
from typing import Any, Protocol

Words = dict[str, Any]
Trade = dict[str, Any]


class HasDistrict(Protocol):
    """Where the company sits; some are named after it."""

    @property
    def region(self) -> str: ...

    @property
    def district(self) -> str: ...


_ENDINGS = ("tika", "pac", "nor", "lux", "vial", "ser", "wari", "qala", "mar", "cem")
_COMMUNAL_TRADES = {"catering", "transport", "earthworks", "facilities", "construction"}
_DEVOUT_TRADES = _COMMUNAL_TRADES | {"metalwork", "parts", "rubber", "safety", "customs"}


def company_names(
    rng: random.Random, words: Words, trade: Trade, place: HasDistrict
) -> Iterator[str]:
    """Yield names without end, each with its legal form; the caller takes the first free one."""
    patterns, weights = zip(*_PATTERNS, strict=True)
    forms, shares = list(words["legal"]), list(words["legal"].values())
    while True:
        pattern = rng.choices(patterns, weights)[0]
        name = pattern(rng, words, trade, place)
        if name:
            form = "E.I.R.L." if pattern is _one_owner else rng.choices(forms, shares)[0]
            yield f"{name} {form}"


def _word(rng: random.Random, words: Words) -> str:
    luck = rng.random()
    if luck < 0.50:
        return str(rng.choice(words["words"]))
    if luck < 0.66:
        return " ".join(rng.sample(words["words"], 2))
    if luck < 0.80:
        prefix = rng.choice(("Apu", "Alto", "Nevado", "Cerro", "Río"))
        return f"{prefix} {rng.choice(words['words'])}"
    if luck < 0.90:
        return f"{rng.choice(words['words'])} {rng.choice(words['places'])}"
    return str(rng.choice(words["families"]))


def _trade_and_word(rng: random.Random, words: Words, trade: Trade, place: HasDistrict) -> str:
    del place
    return f"{rng.choice(trade['heads'])} {_word(rng, words)}"


def _trade_and_family(rng: random.Random, words: Words, trade: Trade, place: HasDistrict) -> str:
    first, second = rng.sample(words["families"], 2)
    shape = rng.choice(
        (
            "{head} {a}",
            "{head} {a} {b}",
            "{head} Hermanos {a}",
            "{head} {a} e Hijos",
            "{head} {a} {region}",
            "{head} Grupo {a}",
        )
    )
    head = rng.choice(trade["heads"])
    return str(shape.format(head=head, a=first, b=second, region=place.region))


def _partners(rng: random.Random, words: Words, trade: Trade, place: HasDistrict) -> str:
    first, second = rng.sample(words["families"], 2)
    shape = rng.choice(("{a} & {b} {tail}", "{a} {b} {tail}", "{a} y {b} Asociados", "{a} {tail}"))
    del place
    return str(shape.format(a=first, b=second, tail=rng.choice(trade["tails"])))


def _coined(rng: random.Random, words: Words, trade: Trade, place: HasDistrict) -> str:
    root = rng.choice(trade["roots"])
    if rng.random() < 0.5:
        name = root + rng.choice(_ENDINGS)
    else:
        word = rng.choice([w for w in words["words"] if " " not in w and "'" not in w])
        name = f"{root}{word.lower()}"
    luck = rng.random()
    if luck < 0.35:
        return f"{name} {rng.choice(words['places'])}"
    return f"{name} {rng.choice(trade['tails'])}" if luck < 0.75 else f"{name} {place.region}"


def _word_and_tail(rng: random.Random, words: Words, trade: Trade, place: HasDistrict) -> str:
    del place
    return f"{_word(rng, words)} {rng.choice(trade['tails'])}"


def _saint(rng: random.Random, words: Words, trade: Trade, place: HasDistrict) -> str:
    del place
    if trade["key"] not in _DEVOUT_TRADES:
        return ""
    return f"{rng.choice(trade['heads'])} {rng.choice(words['saints'])}"


def _initials(rng: random.Random, words: Words, trade: Trade, place: HasDistrict) -> str:
    letters = [rng.choice(words["families"])[0] for _ in range(3)]
    shape = rng.choice(("{0}&{1}", "{0}{1}{2}", "{0}.{1}.{2}.", "{0} & {1}", "{0}{1}"))
    tail = rng.choice((*trade["tails"], *trade["heads"]))
    suffix = f" {place.region}" if rng.random() < 0.3 else ""
    return f"{shape.format(*letters)} {tail}{suffix}"


def _syllables(rng: random.Random, words: Words, trade: Trade, place: HasDistrict) -> str:
    name = "".join(rng.sample(words["syllables"], rng.choice((2, 2, 3)))).capitalize()
    name = name.upper() if rng.random() < 0.4 else name
    tail = rng.choice((*trade["tails"], *words["places"], place.region, place.district))
    return f"{name} {tail}"


def _group(rng: random.Random, words: Words, trade: Trade, place: HasDistrict) -> str:
    first, second = rng.sample(words["families"], 2)
    opener = rng.choice(words["openers"])
    named = rng.choice((first, f"{first} {second}", _word(rng, words)))
    tail = f" {rng.choice(trade['tails'])}" if rng.random() < 0.35 else ""
    if opener == "Empresa Comunal":
        if trade["key"] not in _COMMUNAL_TRADES:
            return ""
        return f"Empresa Comunal de {rng.choice(trade['heads'])} {named} de {place.district}"
    return f"{opener} {named}{tail}"


def _one_owner(rng: random.Random, words: Words, trade: Trade, place: HasDistrict) -> str:
    del place
    first = rng.choice(words["given"])
    return f"{rng.choice(trade['heads'])} {first} {rng.choice(words['families'])}"


def _english(rng: random.Random, words: Words, trade: Trade, place: HasDistrict) -> str:
    del place
    return (
        f"{rng.choice(words['english'])} {rng.choice(words['words'])} {rng.choice(trade['tails'])}"
    )


_Pattern = Callable[[random.Random, Words, Trade, HasDistrict], str]
_PATTERNS: tuple[tuple[_Pattern, int], ...] = (
    (_trade_and_word, 22),
    (_trade_and_family, 19),
    (_partners, 9),
    (_coined, 13),
    (_word_and_tail, 12),
    (_saint, 7),
    (_initials, 6),
    (_syllables, 5),
    (_group, 8),
    (_one_owner, 5),
    (_english, 1),
)
