"""How to read the report: definitions, sources, what is not covered, how sure it is."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minka.core.templatetags.formats import number
from minka.knowledge.models import Record, Source
from minka.knowledge.sources.report.blocks import (
    Block,
    Chapter,
    Edition,
    columns,
    heading,
    note,
    text,
)


def noted(edition: Edition, chapters: Sequence[Chapter]) -> Chapter:
    """Say what words mean, where figures come from, and what they cannot say."""
    chapter = Chapter("method", _("How to read this report"))
    terms: list[tuple[str, str]] = [
        (
            _("Organisation"),
            _(
                "A company, university, centre, association, public entity or community with one "
                "record on the map, whatever the number of lists that name it."
            ),
        ),
        (
            _("Verified, claimed, confirmed"),
            _(
                "Verified: the cluster team has checked it. Claimed: the organisation has proved "
                "who it is and keeps its own profile. Confirmed: it has said that its profile is "
                "right."
            ),
        ),
        (
            _("Tie"),
            _(
                "A relation between two organisations that somebody stated, with its source: "
                "supplies, is a member of, researches with, and others. Only public ties count."
            ),
        ),
        (
            _("Gap"),
            _(
                "A theme and a region, or a step and a type, in which somebody needs something and "
                "fewer than three offer it."
            ),
        ),
    ]
    terms += [pair for one in chapters for pair in one.method]
    sure = text(
        _(
            "Counts of the map are exact for the day and say nothing of what is not on it. "
            "Intervals are of 95 %: of surveys by Wilson's method, as if those who answered were "
            "chosen by chance, which they were not; of location quotients by the delta method. "
            "Measures of large networks are estimated from a sample."
        )
    )
    chapter.blocks = [
        *_untold(chapters),
        heading(_("What the words mean")),
        _two_columns(terms),
        columns(
            [heading(_("Where the figures come from")), text(_sources()),
             heading(_("How sure it is")), sure],
            [heading(_("What is not covered")), _uncovered(edition)],
            is_small=True,
        ),
    ]  # fmt: skip
    return chapter


def _untold(chapters: Sequence[Chapter]) -> list[Block]:
    """Return which chapters have nothing to tell, with the reason of each."""
    lines = [
        " ".join([f"{one.title}: {block['title']}.", *block["paragraphs"]])
        for one in chapters
        if one.is_brief
        for block in one.blocks
    ]
    return [note(_("What this edition does not tell"), *lines)] if lines else []


def _uncovered(edition: Edition) -> Block:
    return text(
        _(
            "The map holds whom somebody listed, registered or found: it is no census, and "
            "shares are shares of what is known. Regions and types of which lists were easier "
            "to get weigh more."
        ),
        _(
            "Organisations named differently in several lists are joined automatically and by "
            "people; some may still stand twice, and a few may be two in one."
        ),
        _audience(edition),
    )


def _two_columns(terms: Sequence[tuple[str, str]]) -> Block:
    """Return the terms in two columns of about the same length."""
    whole = sum(len(term) + len(meaning) + 60 for term, meaning in terms)
    left: list[list[str]] = []
    right: list[list[str]] = []
    so_far = 0
    for term, meaning in terms:
        (left if so_far < whole / 2 else right).append([term, meaning])
        so_far += len(term) + len(meaning) + 60
    return {"kind": "terms", "left": left, "right": right}


def _sources() -> str:
    names = list(
        Source.objects.filter(records__isnull=False)
        .distinct()
        .order_by("name")
        .values_list("name", flat=True)
    )
    return ngettext(
        "%(records)s rows of %(count)s list: %(names)s.",
        "%(records)s rows of %(count)s lists: %(names)s.",
        len(names),
    ) % {
        "records": number(Record.objects.count()),
        "count": number(len(names)),
        "names": "; ".join(names) or "—",
    }


def _audience(edition: Edition) -> str:
    if edition.is_board:
        return _(
            "This edition is for the board. Organisations, ties and needs are those that anybody "
            "may see; contacts, ties that are not public and problems that are not published are "
            "not in it, nor counted. What it adds are changes since the last snapshot, official "
            "figures, and survey answers of five organisations or more together."
        )
    return _(
        "This edition is for anybody: it holds nothing that a visitor of the map may not see. "
        "Contacts, ties that are not public and problems that are not published are not in it, "
        "nor counted."
    )
