"""The programme report in words and figures, for its page's PDF."""

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minka.core.documents import fingerprint, render_pdf
from minka.core.http import absolute
from minka.core.templatetags.formats import localized_text, money, number
from minka.innovation.queries.programme import ProgrammeReport, Stage
from minka.innovation.queries.programme_groups import Grouping, GroupRow

TEMPLATE = "innovation/programme.typ"
HIDDEN = "< 3"


def programme_pdf(report: ProgrammeReport, groups: list[Grouping]) -> bytes:
    """Return the report as PDF in the language in use."""
    return render_pdf(TEMPLATE, report_data(report, groups), made_at=now())


def etag_of(report: ProgrammeReport, groups: list[Grouping]) -> str:
    """Return what changes whenever the document would, but for its day."""
    return fingerprint(TEMPLATE, report_data(report, groups))


def report_data(report: ProgrammeReport, groups: list[Grouping]) -> dict[str, Any]:
    """Return the data of `innovation/programme.typ`."""
    edition = localized_text(report.edition, "name")[0] if report.edition else _("All editions")
    totals = report.totals
    return {
        "title": _("Programme report"),
        "eyebrow": edition,
        "lead": _("From the problems of the mines to contracts, with what came of them."),
        "figures": [
            [_told(one.count), str(one.label)]
            for one in report.stages
            if one.key in {"challenges", "proposals", "agreements", "contracts"}
        ],
        "facts": [
            [_("Audience"), _("Cluster team") if report.is_team else _("Public")],
            [_("Made on"), date_format(localtime(now()).date(), "DATE_FORMAT")],
        ],
        "stages": [_stage(one, report.stages) for one in report.stages],
        "totals": [
            [_("Suppliers that answered"), str(totals.suppliers)],
            [_("Value of the agreements"), _usd(totals.value_usd)],
            [_("Sales by suppliers"), _usd(totals.sales_usd)],
            [_("Exports by suppliers"), _usd(totals.exports_usd)],
            [_("Countries of export"), ", ".join(totals.countries) or "—"],
            [_("Jobs kept or created"), "—" if totals.jobs is None else str(number(totals.jobs))],
            [
                _("Mean gain in readiness (TRL)"),
                "—" if totals.trl_gain is None else f"+{number(totals.trl_gain, 1)}",
            ],
        ],
        "published": [[str(one.label), one.theirs, one.ours] for one in report.published],
        "groups": [
            {"title": str(one.label), "rows": [_row(row) for row in one.rows]} for one in groups
        ],
        "address": absolute(reverse("innovation:programme")),
        "words": words(),
    }


def words() -> dict[str, str]:
    """Return the fixed words of the report in the language in use."""
    return {
        "funnel": _("The funnel"),
        "of": _("95 % interval"),
        "totals": _("What came of it"),
        "totals_note": _(
            "Sales, exports and jobs are stated by the suppliers with their source, and counted "
            "once the cluster team has confirmed them. Jobs are those of the last year of each."
        ),
        "beside": _("Beside another programme"),
        "beside_note": _(
            "Figures that Expande, the open innovation programme of mining in Chile, published "
            "about its first year. They are quoted, not measured by this cluster."
        ),
        "theirs": _("Expande, first year"),
        "ours": _("This report"),
        "groups": _("By group"),
        "group": _("Group"),
        "challenges": _("Challenges"),
        "proposals": _("Proposals"),
        "selected": _("Selected"),
        "agreements": _("Agreements"),
        "pilots": _("Pilots done"),
        "contracts": _("Contracts"),
        "value": _("Value (US$)"),
        "sales": _("Sales (US$)"),
        "method": _("How it is counted"),
        "method_text": _(
            "Each share is of those that could go on from one step to the next; its interval is "
            "Wilson's at 95 %. Times are medians of those that went on. A challenge of several "
            "companies or themes counts in each of its groups. In public, counts of agreements "
            "below 3 and the money behind them are not told."
        ),
        "nothing": _("Nothing to count yet."),
    }


def _stage(one: Stage, stages: list[Stage]) -> dict[str, Any]:
    widest = max((other.count or 0 for other in stages), default=0) or 1
    share = ""
    if one.share is not None:
        share = ngettext(
            "%(share)s %% %(onward)s (from %(low)s to %(high)s %%; %(of)s case)",
            "%(share)s %% %(onward)s (from %(low)s to %(high)s %%; %(of)s cases)",
            one.share.of,
        ) % {
            "share": number(one.share.percent),
            "onward": one.onward,
            "low": number(one.share.low_percent),
            "high": number(one.share.high_percent),
            "of": one.share.of,
        }
    days = ""
    if one.days is not None:
        days = ngettext(
            "%(days)s day %(what)s (median)",
            "%(days)s days %(what)s (median)",
            round(one.days),
        ) % {
            "days": number(one.days),
            "what": one.days_label,
        }
    return {
        "label": str(one.label),
        "count": _told(one.count),
        "width": round((one.count if one.count is not None else 2) / widest, 4),
        "share": share,
        "days": days,
    }


def _row(row: GroupRow) -> list[str]:
    return [
        row.label,
        str(row.challenges),
        str(row.proposals),
        str(row.selected),
        _told(row.agreements),
        _told(row.pilots),
        _told(row.contracts),
        "—" if row.value_usd is None else number(row.value_usd),
        "—" if row.sales_usd is None else number(row.sales_usd),
    ]


def _told(count: int | None) -> str:
    return HIDDEN if count is None else str(number(count))


def _usd(amount: Decimal | None) -> str:
    return "—" if amount is None else str(money(amount, "USD", cents=False))
