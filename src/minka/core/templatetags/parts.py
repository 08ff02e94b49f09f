"""Components without a form: each draws one template of `core/components/`."""

from collections.abc import Sequence
from html import escape as plain  # quicker than Django's, which looks for what is lazy or safe
from typing import Any

from django import template
from django.core.paginator import Page
from django.db.models import Model
from django.http import QueryDict
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from minka.core.components import Bar, Facet, FacetOption, Figure, HistoryItem, Step, Tab, Tone
from minka.core.templatetags.assets import icon
from minka.core.tones import TONES

register = template.Library()

BAR_WIDTH = 100


@register.inclusion_tag("core/components/chip.html")
def chip(state: Any, label: Any = "", tone: str = "", icon: str = "") -> dict[str, Any]:
    """Show a state with an icon and a word: an object with `state`, or a value and a label."""
    if isinstance(state, Model):
        living: Any = state  # every model that has a chip has a state
        label, state = label or living.get_state_display(), living.state
    known_tone, known_icon = TONES.get(str(state), (Tone.NEUTRAL, "circle"))
    return {
        "tone": tone or known_tone,
        "icon": icon or known_icon,
        "label": label or getattr(state, "label", state),
    }


@register.inclusion_tag("core/components/breadcrumb.html")
def breadcrumb(*parts: Any) -> dict[str, Any]:
    """Show where I am: label, address, label, address, …, label of this page."""
    pairs = [
        (parts[i], parts[i + 1] if i + 1 < len(parts) else "") for i in range(0, len(parts), 2)
    ]
    return {"crumbs": pairs}


@register.simple_block_tag(end_name="endpagehead")
def pagehead(content: str, title: str, meta: str = "", eyebrow: str = "") -> SafeString:
    """Open a page: title, one line of meta, one primary action (the block) at the right."""
    return SafeString(
        render_to_string(
            "core/components/pagehead.html",
            {
                "content": SafeString(content.strip()),
                "title": title,
                "meta": meta,
                "eyebrow": eyebrow,
            },
        )
    )


@register.simple_block_tag(end_name="endactionmenu")
def actionmenu(content: str, label: str = "") -> SafeString:
    """Secondary actions: links and forms in `<li>`."""
    return SafeString(
        render_to_string("core/components/actionmenu.html", {"content": content, "label": label})
    )


@register.simple_block_tag(end_name="endemptystate")
def emptystate(content: str, title: str, icon: str = "compass") -> SafeString:
    """Say what belongs here and offer the next step (the block)."""
    return SafeString(
        render_to_string(
            "core/components/emptystate.html", {"content": content, "title": title, "icon": icon}
        )
    )


@register.simple_block_tag(end_name="endconfirm")
def confirm(  # noqa: PLR0913 -- a tag is written with its attributes
    content: str, name: str, *, title: str, button: str, icon: str = "", tone: str = "secondary"
) -> SafeString:
    """A button that opens a dialog; the block is what the dialog says and its form."""
    context = {"content": content, "name": name, "title": title, "button": button}
    return SafeString(
        render_to_string("core/components/dialog.html", {**context, "icon": icon, "tone": tone})
    )


@register.simple_block_tag(end_name="endnotice")
def notice(content: str, tone: str = "info", title: str = "") -> SafeString:
    """A message in the page: info, ok, warn or danger."""
    return SafeString(
        render_to_string(
            "core/components/notice.html", {"content": content, "tone": tone, "title": title}
        )
    )


@register.inclusion_tag("core/components/stepper.html", takes_context=True)
def stepper(context: Context, steps: Sequence[Step], label: str = "") -> dict[str, Any]:
    """Say where a process is, what comes next, who must act, by when."""
    return {"steps": steps, "label": label, "request": context.get("request")}


@register.simple_tag
def facet(facet: Facet) -> SafeString:
    """A group of checkboxes; put it inside the list's `<form method="get">`.

    Written here and not by a template: a list has a dozen of them with hundreds of options, which
    would take longer to draw than to count.
    """
    label, name = plain(str(facet.label)), plain(facet.name)
    options = "".join([_option(name, option) for option in facet.options])
    return SafeString(
        f'<details class="facet"{" open" if facet.open else ""}>'
        f"<summary>{label}{icon('chevron-down')}</summary>"
        f'<fieldset><legend class="visually-hidden">{label}</legend>{options}</fieldset></details>'
    )


def _option(facet: str, option: FacetOption) -> str:
    value, checked = plain(option.value), " checked" if option.selected else ""
    told = "" if option.count is None else f'<span class="facet-count">{option.count:,}</span>'
    return (
        f'<label class="facet-option"><input type="checkbox" id="facet-{facet}-{value}"'
        f' name="{facet}" value="{value}"{checked}>'
        f'<span class="facet-label">{plain(str(option.label))}</span>{told}</label>\n'
    )


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Page[Any]) -> SafeString:
    """Links to the other pages of a list that keep its filters; written here as facets are."""
    if page.paginator.num_pages <= 1:
        return SafeString("")
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    query.pop("page", None)
    before = escape(f"?{query.urlencode()}&" if query else "?")
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    items = "".join(_page_item(before, number, page.number) for number in numbers)
    back = on = ""
    if page.has_previous():
        address, word = f"{before}page={page.previous_page_number()}", escape(_("Previous"))
        back = f'<a rel="prev" href="{address}">{icon("chevron-left")}{word}</a>'
    if page.has_next():
        address, word = f"{before}page={page.next_page_number()}", escape(_("Next"))
        on = f'<a rel="next" href="{address}">{word}{icon("chevron-right")}</a>'
    label = escape(_("Pages"))
    return SafeString(
        f'<nav class="pagination" aria-label="{label}">{back}<ol>{items}</ol>{on}</nav>'
    )


def _page_item(before: str, number: int | str, current: int) -> str:
    if not isinstance(number, int):
        return f"<li><span>{number}</span></li>"
    here = ' aria-current="page"' if number == current else ""
    return f'<li><a href="{before}page={number}"{here}>{number}</a></li>'


@register.inclusion_tag("core/components/progress.html")
def progress(value: float | None, maximum: float = 100, label: str = "") -> dict[str, Any]:
    """How far a job is; without a value it is busy and nobody knows how long."""
    percent = None if value is None or not maximum else int(100 * value / maximum)
    return {"value": value, "maximum": maximum, "label": label, "percent": percent}


@register.inclusion_tag("core/components/figure.html")
def figure(figure: Figure | None = None, **fields: Any) -> dict[str, Any]:
    """A big number with unit, period, source and what it means."""
    return {"figure": figure or Figure(**fields)}


@register.inclusion_tag("core/components/bars.html")
def bars(
    rows: Sequence[Bar], caption: str, unit: str, heading: str = "", tone: str = "first"
) -> dict[str, Any]:
    """A bar chart that is its own table of figures. Bars share one scale that starts at zero."""
    top = max((row.value for row in rows), default=0) or 1
    drawn = [{"row": row, "width": round(BAR_WIDTH * row.value / top, 2)} for row in rows]
    return {"rows": drawn, "caption": caption, "unit": unit, "heading": heading, "tone": tone}


@register.inclusion_tag("core/components/history.html", takes_context=True)
def history(context: Context, items: Sequence[HistoryItem]) -> dict[str, Any]:
    """Who did what, and when; newest as the caller orders it."""
    return {"items": items, "request": context.get("request")}


@register.inclusion_tag("core/components/tabs.html")
def tabs(items: Sequence[Tab], label: str) -> dict[str, Any]:
    """Parts of one record as links."""
    return {"items": items, "label": label}
