"""What a decision pack says: all of it from what the version holds, nothing reckoned anew."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minka.core.templatetags.formats import money, number
from minka.innovation.models import ShortlistStudy, StudyOverruling
from minka.innovation.sources.decision_pack.method import method_notes
from minka.innovation.sources.studio_words import condition_words, names_of, text_of
from minka.innovation.sources.study_view import StudyRow, StudyView, study_view

Data = dict[str, Any]
PICTURE = "choice.svg"
PICTURE_PT = 482.0  # as wide as the text
COMMENTS_EACH = 6
SPREAD_SHOWN = 8
FIRM = 0.9  # of the draws


def pack_data(study: ShortlistStudy) -> tuple[Data, dict[str, bytes]]:
    """Return what the template sets and its pictures, in the language in use.

    No person: whoever may ask for the pack is settled by the action that asked.
    """
    view = study_view(study.inputs, study.result, study.robustness)
    data = {
        **_cover(study, view),
        "words": _words(),
        "summary": _summary(study, view),
        "picture": {"file": PICTURE, "alt": _picture_words(view)},
        "chosen": [_reason(row, view) for row in view.chosen],
        "left_out": [_reason(row, view) for row in view.left_out],
        "prices": [
            [one.condition, _points(one.value), _change(one.comes_in, one.goes_out)]
            for one in view.prices
        ],
        "free": "; ".join(view.free_conditions),
        "bonuses": "; ".join(_bonuses(study)),
        "others": [
            [str(one.rank), _points(one.loss), "; ".join(one.comes_in), "; ".join(one.goes_out),
             one.share_text]
            for one in view.others
        ],
        "overrulings": [_overruling(study, one) for one in study.overrulings.all()],
        "adopted": _adopted(study),
        "comments": _comments(study),
        "spread": _spread(view),
        "unrated": [f"{one['code']} {one['title']}" for one in view.unrated],
        "method": method_notes(study),
    }  # fmt: skip
    return data, {PICTURE: view.picture(width=PICTURE_PT, titles=0.5).encode()}


def _cover(study: ShortlistStudy, view: StudyView) -> Data:
    edition = text_of({"es": study.edition.name_es, "en": study.edition.name_en})
    return {
        "title": _("Which problems become challenges"),
        "eyebrow": _("Decision pack"),
        "lead": ngettext(
            "%(edition)s: %(size)s of %(total)s rated problem",
            "%(edition)s: %(size)s of %(total)s rated problems",
            len(view.rows),
        )
        % {"edition": edition, "size": view.size, "total": len(view.rows)},
        "figures": _figures(view),
        "facts": [
            [_("Version"), str(study.number)],
            [_("Kept"), f"{_day(study.at)}, {study.by}"],
            [_("Made by"), settings.MINKA_CLUSTER_NAME],
            [_("For"), _("whoever decides; not to be passed on")],
        ],
    }


def _figures(view: StudyView) -> list[list[str]]:
    found = [
        [str(view.size), _("problems chosen")],
        [number(view.value, 2), _("points in all")],
        [number(view.cost, 2), _("points for the conditions")],
    ]
    if view.same_set is not None:
        found.append([view.same_text, _("of the draws: this very set")])
    return found


def _summary(study: ShortlistStudy, view: StudyView) -> list[list[str]]:
    """Return the first page: a heading and its sentence each."""
    proposed = ngettext(
        "The problem below. No other choice that meets the conditions has more value: it is "
        "proven.",
        "The %(size)s problems below. No other set that meets the conditions has more value: it "
        "is proven.",
        view.size,
    ) % {"size": view.size}
    found = [
        [_("What is proposed"), proposed],
        [_("How firm it is"), _firmness(view)],
        [_("What the conditions cost"), _dearest(view)],
    ]
    if view.others:
        told = {
            "loss": number(view.others[0].loss, 3),
            "change": _change(view.others[0].comes_in, view.others[0].goes_out),
        }
        said = _("The second-best set loses %(loss)s points: %(change)s.") % told
        found.append([_("What comes next"), said])
    if view.budget_used is not None:
        amount = {"amount": money(view.budget_used, "USD")}
        found.append([_("What it needs"), _("%(amount)s for all pilots.") % amount])
    count = len(study.overrulings.all())
    said = ngettext(
        "%(count)s other set was recorded with its reason; see “Dissent”.",
        "%(count)s other sets were recorded with their reasons; see “Dissent”.",
        count,
    )
    found.append([_("Dissent"), said % {"count": count} if count else _("None was recorded.")])
    return found


def _firmness(view: StudyView) -> str:
    firm = [row for row in view.chosen if (row.share or 0) >= FIRM]
    close = [row for row in view.rows if 1 - FIRM < (row.share or 0) < FIRM]
    if not close:
        return _("All of them stay in at least nine of ten draws.")
    return _(
        "%(firm)s of %(size)s stay in at least nine of ten draws. The borderline is between "
        "%(codes)s."
    ) % {"firm": len(firm), "size": view.size, "codes": _codes(close)}


def _dearest(view: StudyView) -> str:
    if not view.prices:
        return _("Nothing: the most valued problems meet them by themselves.")
    return _("%(cost)s points in all; the dearest is “%(condition)s” with %(price)s.") % {
        "cost": number(view.cost, 2),
        "condition": view.prices[0].condition,
        "price": number(view.prices[0].value, 2),
    }


def _reason(row: StudyRow, view: StudyView) -> Data:
    share = f"{100 * (row.share or 0):.0f} ± {row.share_error_text}" if view.draws else ""
    facts = [row.company, row.stage]
    if row.pilot_usd is not None:
        facts.append(_("pilot %(amount)s") % {"amount": money(row.pilot_usd, "USD", cents=False)})
    return {
        "code": row.code,
        "title": row.title,
        "facts": " · ".join(filter(None, facts)),
        "value": number(row.value, 2),
        "error": number(row.error, 2),
        "plain": number(row.plain, 2),
        "share": share,
        "why": row.why,
    }


def _bonuses(study: ShortlistStudy) -> list[str]:
    names, found = names_of(study.inputs), []
    for one, other, value in study.inputs["conditions"].get("bonuses", ()):
        told = {"one": names[one], "other": names[other], "points": number(value, 2)}
        found.append(_("%(one)s and %(other)s add %(points)s points together") % told)
    return found


def _overruling(study: ShortlistStudy, one: StudyOverruling) -> Data:
    say, names, cost = condition_words(study.inputs), names_of(study.inputs), one.cost
    broken = [say(name) for name in cost["broken"]]
    if cost["size"] != study.inputs["size"]:
        told = ngettext("it has %(count)s problem", "it has %(count)s problems", cost["size"])
        broken.insert(0, told % {"count": cost["size"]})
    return {
        "reason": one.reason,
        "by": f"{one.by}, {_day(one.at)}",
        "loss": number(cost["loss"], 2)
        if cost["loss"] >= 0
        else _("%(gain)s points more, because it does not keep to the conditions")
        % {"gain": number(-cost["loss"], 2)},
        "comes_in": [names[pk] for pk in cost["comes_in"]],
        "goes_out": [names[pk] for pk in cost["goes_out"]],
        "broken": broken,
    }


def _adopted(study: ShortlistStudy) -> list[Data]:
    return [
        {
            "by": f"{choice.by}, {_day(choice.at)}",
            "reason": choice.reason,
            "set": _("Another set than the best one (see “Dissent”)")
            if choice.overruling_id
            else _("The best set of this version"),
        }
        for choice in study.choices.all()
    ]


def _comments(study: ShortlistStudy) -> list[Data]:
    """Return what raters wrote, without who; a few of each problem, the lowest points first."""
    criteria = {one["id"]: text_of(one) for one in study.inputs["criteria"]}
    told: Mapping[int, list[Any]] = defaultdict(list)
    for one in study.inputs["comments"]:
        told[one["problem"]].append(one)
    return [
        {
            "code": one["code"],
            "title": one["title"],
            "said": [
                [f"{criteria[c['criterion']]}: {c['points']}", c["text"]]
                for c in sorted(told[one["id"]], key=lambda c: c["points"])[:COMMENTS_EACH]
            ],
        }
        for one in study.inputs["problems"]
        if one["id"] in told
    ]


def _spread(view: StudyView) -> list[list[str]]:
    """Return the problems that raters differ on most."""
    rows = sorted((row for row in view.rows if row.spread), key=lambda row: -(row.spread or 0))
    return [
        [row.code, row.title, number(row.spread, 2), str(row.raters),
         _("in") if row.is_chosen else _("out")]
        for row in rows[:SPREAD_SHOWN]
    ]  # fmt: skip


def _words() -> dict[str, str]:
    return {
        "summary": _("On one page"),
        "picture": _("The choice in one picture"),
        "chosen": _("What is in, and why"),
        "left_out": _("What is left out, and what it would take"),
        "conditions": _("Conditions and what each costs"),
        "others": _("The next-best sets"),
        "dissent": _("Dissent"),
        "method": _("How it was reckoned"),
        "problem": _("Problem"), "value": _("Calibrated"), "plain": _("Plain mean"),
        "stays": _("Stays in"), "why": _("Why"), "condition": _("Condition"),
        "costs": _("Costs (points)"), "without": _("Without it"), "place": _("Place"),
        "loses": _("Loses (points)"), "comes_in": _("Comes in"), "goes_out": _("Goes out"),
        "best_in": _("Best in"), "loss": _("Points less than the best set"),
        "broken": _("Conditions that it breaks"), "none": _("none"),
        "adopted": _("What was adopted"), "comments": _("What raters wrote"),
        "spread": _("Where raters differ most"), "spread_column": _("Spread"),
        "raters": _("Raters"), "state": _("Set"),
        "unrated": _("Not rated, and so not compared"),
        "free": _("These cost nothing"),
        "no_conditions": _("No condition is set: these are simply the most valued problems."),
        "no_dissent": _("Nobody has recorded another set."),
        "no_comments": _("Nobody wrote a comment beside their points."),
        "signature": _("Decided on"), "for_the_committee": _("For the committee"),
        "reading": _(
            "Filled: in the best set. Hollow: left out. The line through each bar is where the "
            "value may lie, two standard errors to each side. At the right: in what share of the "
            "draws, within what is not certain, the problem stays in the best set."
        ),
    }  # fmt: skip


def _picture_words(view: StudyView) -> str:
    told = "; ".join(f"{row.code} {number(row.value, 2)}" for row in view.chosen)
    return _("Problems by value. In the best set: %(rows)s.") % {"rows": told}


def _change(comes_in: Sequence[str], goes_out: Sequence[str]) -> str:
    if not comes_in:
        return _("nothing changes")
    return _("%(in)s instead of %(out)s") % {"in": "; ".join(comes_in), "out": "; ".join(goes_out)}


def _codes(rows: Sequence[StudyRow]) -> str:
    return ", ".join(row.code for row in rows) or "–"


def _points(value: float) -> str:
    return "0" if value < 0.0005 else number(value, 3)


def _day(at: Any) -> str:
    return date_format(localtime(at), "j M Y").lower()
