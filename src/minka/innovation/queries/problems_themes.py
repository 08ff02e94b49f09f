"""The thesaurus as a form offers it: in groups, in the reader's language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from minka.core.templatetags.formats import localized_text
from minka.innovation.queries.problems import STAGES_ROOT
from minka.knowledge.models import Theme

OFFERED_ROOTS = ("temas tecnológicos", "minerales")


@dataclass(frozen=True)
class ThemeGroup:
    """A broad theme with what it holds, itself first."""

    label: str
    themes: tuple[Theme, ...]


def label_of(theme: Theme) -> str:
    """Return the label in the reader's language, with a capital."""
    text, _language = localized_text(theme, "label")
    return text[:1].upper() + text[1:]


def theme_groups(*, also: Iterable[Theme] = ()) -> list[ThemeGroup]:
    """Return the technology themes and minerals in groups, and `also` what is in use beside them.

    One SQL statement.
    """
    every = list(Theme.objects.order_by("label_es"))
    roots = {theme.pk: theme for theme in every if theme.label_es in OFFERED_ROOTS}
    groups: list[ThemeGroup] = []
    for broad in (theme for theme in every if theme.broader_id in roots):
        narrow = [theme for theme in every if theme.broader_id == broad.pk]
        if narrow or roots[broad.broader_id or 0].label_es == OFFERED_ROOTS[0]:
            groups.append(ThemeGroup(label_of(broad), (broad, *_sorted(narrow))))
    minerals = [t for t in every if t.broader_id in roots and not _is_in(t, groups)]
    for root in roots.values():
        own = [theme for theme in minerals if theme.broader_id == root.pk]
        if own:
            groups.append(ThemeGroup(label_of(root), tuple(_sorted(own))))
    beside = [theme for theme in also if not _is_in(theme, groups)]
    if beside:
        groups.append(ThemeGroup("", tuple(_sorted(beside))))
    return sorted(groups, key=lambda group: (not group.label, group.label.casefold()))


def stage_groups() -> list[ThemeGroup]:
    """Return the steps of the value chain, each with its narrower ones. One SQL statement."""
    every = list(Theme.objects.order_by("pk"))
    root = next((theme.pk for theme in every if theme.label_es == STAGES_ROOT), None)
    groups = []
    for step in (theme for theme in every if root is not None and theme.broader_id == root):
        narrow = [theme for theme in every if theme.broader_id == step.pk]
        below = {theme.pk for theme in narrow}
        deeper = [theme for theme in every if theme.broader_id in below]
        groups.append(ThemeGroup(label_of(step), (step, *_sorted([*narrow, *deeper]))))
    return groups


def _sorted(themes: Sequence[Theme]) -> list[Theme]:
    return sorted(themes, key=lambda theme: label_of(theme).casefold())


def _is_in(theme: Theme, groups: Iterable[ThemeGroup]) -> bool:
    return any(theme in group.themes for group in groups)
