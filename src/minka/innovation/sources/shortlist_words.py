"""Why something is on a shortlist or not, in a sentence."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from minka.methods.shortlist.clash import Relief, clashes, reliefs
from minka.methods.shortlist.explanation import Inside, Outside
from minka.methods.shortlist.wishes import Constraint, Wishes

NEGLIGIBLE = 5e-4  # less is shown as no difference at all


def why_inside(told: Inside, names: Sequence[str]) -> str:
    """Return why an item was chosen, and what choosing without it would cost."""
    if told.margin is None:
        return _("In: without it the conditions cannot be met.")
    instead = _listed(told.instead, names)
    if told.margin < NEGLIGIBLE:
        return _("In, but a choice without it is worth the same: %(items)s instead.") % {
            "items": instead
        }
    return _("In: without it the whole loses %(points)s, and %(items)s would come in.") % {
        "points": points(told.margin), "items": instead,
    }  # fmt: skip


def why_outside(told: Outside, names: Sequence[str]) -> str:
    """Return why an item was not chosen, what keeps it out and what it would take."""
    kept = "; ".join(told.kept_out_by)
    if told.shortfall is None:
        if kept:
            return _("Out: no choice with it meets the conditions (%(conditions)s).") % {
                "conditions": kept
            }
        return _("Out: no choice with it meets the conditions.")
    replaces = _listed(told.replaces, names)
    if told.shortfall < NEGLIGIBLE:
        said = _("Out, but a choice with it is worth the same: it would replace %(items)s.") % {
            "items": replaces
        }
    else:
        said = _("Out: it would need %(points)s more to replace %(items)s.") % {
            "points": points(told.shortfall), "items": replaces,
        }  # fmt: skip
    if kept:
        said += " " + _("It would be in without: %(conditions)s.") % {"conditions": kept}
    return said


def clash_words(wishes: Wishes) -> str:
    """Return which conditions cannot hold together, and what would be possible instead."""
    if len(wishes.values) < wishes.size:
        return _("%(size)s of %(count)s cannot be chosen: there are too few.") % {
            "size": wishes.size, "count": len(wishes.values),
        }  # fmt: skip
    return " ".join(_one_clash(one, reliefs(wishes, one)) for one in clashes(wishes))


def _one_clash(clashing: Sequence[Constraint], ways: Sequence[Relief]) -> str:
    if len(clashing) == 1:
        said = _("This condition cannot be met: %(condition)s.") % {"condition": clashing[0].name}
        possible = [_relief(way) for way in ways]
        return said + (" " + _("Possible is %(ways)s.") % {"ways": possible[0]} if possible else "")
    said = _("These conditions cannot hold together: %(conditions)s.") % {
        "conditions": "; ".join(constraint.name for constraint in clashing)
    }
    possible = [_relief(relief) for relief in ways]
    if possible:
        said += " " + _("Giving way on one is enough: %(ways)s.") % {"ways": "; ".join(possible)}
    return said


def points(value: float) -> str:
    """Return a difference in value with the digits that matter."""
    return f"{value:.3f}".rstrip("0").rstrip(".") if value < 100 else f"{value:.0f}"


def _relief(relief: Relief) -> str:
    if relief.at_least is not None:
        return _("“%(name)s” with at least %(count)s") % {
            "name": relief.name, "count": relief.at_least,
        }  # fmt: skip
    if relief.at_most is not None:
        return _("“%(name)s” with at most %(amount)s") % {
            "name": relief.name, "amount": f"{relief.at_most:g}",
        }  # fmt: skip
    return _("without “%(name)s”") % {"name": relief.name}


def _listed(items: Sequence[int], names: Sequence[str]) -> str:
    return ", ".join(names[item] for item in items) or "–"
