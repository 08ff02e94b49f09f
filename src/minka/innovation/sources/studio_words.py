"""A study told in sentences: its conditions, why each problem is in or out, what clashes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from minka.core.templatetags.formats import money
from minka.innovation.sources.shortlist_words import clash_words, why_inside, why_outside
from minka.methods.shortlist.explanation import Inside, Outside
from minka.methods.shortlist.study import Json, wishes_of
from minka.methods.shortlist.wishes import Wishes

SHORT = 44
Words = Callable[[str], str]


def text_of(told: Mapping[str, str]) -> str:
    """Return the one of two texts that is in the language in use, or the other."""
    language = (get_language() or "es")[:2]
    return told.get(language) or told.get("es") or told.get("en") or ""


def names_of(inputs: Json) -> dict[int, str]:
    """Return what each problem is called in sentences: its code and the start of its title."""
    named = [*inputs["problems"], *inputs.get("unrated", ())]
    return {one["id"]: f"{one['code']} ({Truncator(one['title']).chars(SHORT)})" for one in named}


def condition_words(inputs: Json) -> Words:
    """Return what says a condition by its name in the programme."""
    labels: dict[str, str] = {}
    for one in inputs["problems"]:
        if one["stage"]:
            labels[f"stage:{one['stage']['id']}"] = text_of(one["stage"])
        for company in (one["company"], *one["partners"]):
            labels[f"company:{company['id']}"] = text_of(company)
        labels |= {f"theme:{theme['id']}": text_of(theme) for theme in one["themes"]}
    codes = {str(one["id"]): one["code"] for one in inputs["problems"]}
    budget = inputs["conditions"].get("budget_usd")

    def say(name: str) -> str:
        kind, *rest = name.split(":")
        if kind == "budget":
            return _("all pilots together within %(amount)s") % {"amount": money(budget, "USD")}
        if kind == "in":
            return _("%(code)s has to be in") % {"code": codes[rest[0]]}
        if kind == "out":
            return _("%(code)s is left out") % {"code": codes[rest[0]]}
        if kind == "apart":
            one, other = (codes[pk] for pk in rest)
            return _("%(one)s and %(other)s never together") % {"one": one, "other": other}
        return _limit(kind, rest, labels)

    return say


def _limit(kind: str, rest: Sequence[str], labels: Mapping[str, str]) -> str:
    if kind == "capacity":
        theme, count, most = rest
        return ngettext(
            "at most %(most)s of “%(theme)s”, of which the map has %(count)s supplier",
            "at most %(most)s of “%(theme)s”, of which the map has %(count)s suppliers",
            int(count),
        ) % {
            "most": most, "theme": labels[f"theme:{theme}"], "count": count,
        }  # fmt: skip
    told = {"count": rest[2], "name": labels[f"{kind}:{rest[0]}"]}
    if rest[1] == "least":
        return _("at least %(count)s of “%(name)s”") % told
    return _("at most %(count)s of “%(name)s”") % told


def reasons(inputs: Json, result: Json) -> dict[int, str]:
    """Return for each problem that was looked at why it is in or out: id → sentence."""
    called, say = names_of(inputs), condition_words(inputs)
    ids = [one["id"] for one in inputs["problems"]]
    names = [called[pk] for pk in ids]
    places = {pk: at for at, pk in enumerate(ids)}

    def at(several: Sequence[int]) -> tuple[int, ...]:
        return tuple(places[pk] for pk in several)

    told = {
        one["id"]: why_inside(Inside(places[one["id"]], one["margin"], at(one["instead"])), names)
        for one in result["inside"]
    }
    for one in result["outside"]:
        kept = tuple(say(name) for name in one["kept_out_by"])
        item = Outside(places[one["id"]], one["shortfall"], at(one["replaces"]), kept)
        told[one["id"]] = why_outside(item, names)
    return told


def clash(inputs: Json) -> str:
    """Return which conditions cannot hold together, and what would be possible instead."""
    say, wishes = condition_words(inputs), wishes_of(inputs)
    named = tuple(replace(one, name=say(one.name)) for one in wishes.constraints)
    return clash_words(Wishes(wishes.values, wishes.size, named, wishes.bonuses))


def codes(inputs: Json, several: Sequence[int]) -> str:
    """Return the codes of some problems."""
    known = {one["id"]: one["code"] for one in inputs["problems"]}
    return ", ".join(known[pk] for pk in several) or "–"
