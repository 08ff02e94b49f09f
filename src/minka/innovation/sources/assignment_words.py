"""Why evaluators cannot be assigned, in sentences that say what would do."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from minka.methods.assignment.clash import Clash, Crowded, Idle, Overfixed, TooFew

_SHOWN = 10


def clash_sentences(found: Sequence[Clash], items: Sequence[str], people: Sequence[str]) -> str:
    """Return what clashes and what would do, one sentence after the other."""
    return " ".join(_one(clash, items, people) for clash in found)


def _one(clash: Clash, items: Sequence[str], people: Sequence[str]) -> str:
    if isinstance(clash, TooFew):
        return _too_few(clash, items)
    if isinstance(clash, Crowded):
        return _crowded(clash, items, people)
    if isinstance(clash, Idle):
        return _idle(clash, people)
    return _overfixed(clash, items, people)


def _too_few(clash: TooFew, items: Sequence[str]) -> str:
    told = [
        _("%(item)s (%(has)s of %(needs)s)") % {"item": items[item], "has": has, "needs": needs}
        for item, has, needs in zip(clash.items, clash.has, clash.needs, strict=True)
    ]
    if clash.kind:
        return _(
            "Too few people of the kind “%(kind)s” may have these: %(items)s. Allow more of them."
        ) % {"kind": clash.kind, "items": _listed(told)}
    return _(
        "Too few people may have these: %(items)s. Allow more pairs, lift a conflict or ask for "
        "fewer people per item."
    ) % {"items": _listed(told)}


def _crowded(clash: Crowded, items: Sequence[str], people: Sequence[str]) -> str:
    said = _(
        "%(count)s items need %(needs)s evaluations together, and the %(people)s people who may "
        "have them bear %(capacity)s: %(missing)s are missing. Items: %(items)s. "
        "People: %(names)s."
    ) % {
        "count": len(clash.items), "needs": clash.needs, "people": len(clash.people),
        "capacity": clash.capacity, "missing": clash.missing,
        "items": _listed([items[item] for item in clash.items]),
        "names": _listed([people[person] for person in clash.people]),
    }  # fmt: skip
    if clash.kinds:
        said += " " + _("Some of them have to be of: %(kinds)s.") % {
            "kinds": ", ".join(clash.kinds)
        }
    if clash.max_load is None:
        return said + " " + _("No load would do: more people or fewer conflicts are needed.")
    return (
        said
        + " "
        + _("It would do to let each person have up to %(load)s, or to add people for these items.")
        % {"load": clash.max_load}
    )


def _idle(clash: Idle, people: Sequence[str]) -> str:
    return _(
        "These people cannot all be given as many as they have to get (%(needs)s together): "
        "%(names)s. At least %(load)s for each would do."
    ) % {
        "needs": clash.needs, "load": clash.min_load,
        "names": _listed([people[person] for person in clash.people]),
    }  # fmt: skip


def _overfixed(clash: Overfixed, items: Sequence[str], people: Sequence[str]) -> str:
    names = [*(items[item] for item in clash.items), *(people[one] for one in clash.people)]
    return _("More was fixed than these may have: %(names)s. Free some of it.") % {
        "names": _listed(names)
    }


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_SHOWN])
    left = len(names) - _SHOWN
    return shown if left <= 0 else _("%(names)s and %(count)s more") % {
        "names": shown, "count": left,
    }  # fmt: skip
