"""Take concepts out of the thesaurus: merge one into another, or delete one that nobody uses."""

from collections.abc import Iterator
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.models import User
from minka.knowledge.actions.search_index import index_themes
from minka.knowledge.models import (
    Actor,
    Capability,
    Record,
    SearchPhrase,
    Theme,
    ThemeMerge,
    ThemeRefusal,
)

Pointer = tuple[Any, str]  # a model and the name of its field


@transaction.atomic
def merge_themes(*, by: User, theme: Theme, into: Theme) -> Theme:
    """Let one concept stand for another, too: its names, its uses and what is under it follow.

    The address of the one that goes leads to the other for ever. The ledger keeps its names.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: it is one and the same concept.
        WrongState: one of the two was merged or deleted meanwhile.
    """
    require(by, "knowledge.theme_change")
    if theme.pk == into.pk:
        raise InvalidInput(fields={"into": _("Choose another concept.")})
    locked = Theme.every.select_for_update().filter(pk__in=[theme.pk, into.pk]).order_by("pk")
    held = {one.pk: one for one in locked if one.replaced_by_id is None}
    if len(held) < 2:
        raise WrongState(_("One of the two concepts was merged meanwhile; reload the page."))
    theme, into = held[theme.pk], held[into.pk]
    list(Theme.every.select_for_update().order_by("pk").values_list("pk"))  # the tree stands still
    before = _place_and_names(into)
    if is_under(into, theme):
        into.broader_id = theme.broader_id
    children = _turned(Theme.every.filter(broader=theme).exclude(pk=into.pk), broader=into)
    former = _turned(Theme.every.filter(replaced_by=theme), replaced_by=into)
    for language in ("es", "en"):
        label = getattr(into, f"label_{language}")
        names = [
            *getattr(into, f"synonyms_{language}"),
            getattr(theme, f"label_{language}"),
            *getattr(theme, f"synonyms_{language}"),
        ]
        kept = [one for one in dict.fromkeys(names) if one != label]
        setattr(into, f"synonyms_{language}", kept)
    into.save()
    told = _records_told(theme, into)
    rows = {f"{m._meta.label}.{name}": _move(m, name, theme, into) for m, name in pointers()}
    ThemeMerge.objects.create(
        theme=theme,
        into=into,
        by=by,
        moved={
            "before": before,
            "after": _place_and_names(into),
            "children": children,
            "former": former,
            "records": told,
            "rows": {label: one for label, one in rows.items() if any(one.values())},
        },
    )
    theme.replaced_by = into
    theme.save(update_fields=["replaced_by"])
    Actor.objects.filter(themes=into).update(updated_at=timezone.now())
    index_themes(themes=[into.pk])
    record(
        by=by,
        verb="knowledge.theme_merge",
        obj=theme,
        data={
            "into": into.slug,
            "label_es": theme.label_es,
            "label_en": theme.label_en,
            "synonyms_es": theme.synonyms_es,
            "synonyms_en": theme.synonyms_en,
            "moved": {
                label.rpartition(".")[0]: one["count"]
                for label, one in rows.items()
                if one["count"]
            },
        },
    )
    return into


@transaction.atomic
def delete_theme(*, by: User, theme: Theme) -> None:
    """Delete a concept that nothing uses and nothing stands under; the ledger keeps its names.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: something uses it, so it can only be merged.
    """
    require(by, "knowledge.theme_change")
    theme = Theme.every.select_for_update().get(pk=theme.pk)
    if is_used(theme=theme):
        raise WrongState(_("Something uses this concept. Merge it into another one instead."))
    record(
        by=by,
        verb="knowledge.theme_delete",
        obj=theme,
        data={
            "slug": theme.slug,
            "label_es": theme.label_es,
            "label_en": theme.label_en,
            "synonyms_es": theme.synonyms_es,
            "synonyms_en": theme.synonyms_en,
        },
    )
    theme.delete()


def is_used(*, theme: Theme) -> bool:
    """Whether anything carries a concept, stands under it or was merged into it.

    No person: a rule of the acts above.
    """
    if Theme.every.filter(models.Q(broader=theme) | models.Q(replaced_by=theme)).exists():
        return True
    uses = (
        model._base_manager.filter(**{name: theme})
        for model, name in pointers()
        if model is not ThemeRefusal
    )
    return any(rows.exists() for rows in uses)


def pointers() -> Iterator[Pointer]:
    """Yield every column of every line that points at a concept.

    No person: it is the same for all.
    """
    for relation in Theme._meta.get_fields(include_hidden=True):
        if relation.auto_created and (relation.one_to_many or relation.one_to_one):
            model: Any = relation.related_model
            if model not in {Theme, ThemeMerge, SearchPhrase}:  # phrases are made anew
                yield model, relation.remote_field.name  # type: ignore[union-attr]  # only relations are asked for


def _move(model: Any, name: str, theme: Theme, into: Theme) -> dict[str, Any]:
    """Turn a column from one concept to the other.

    Returns how many rows pointed at the first, the keys of those that were turned, and those that
    both had and that are gone, whole.
    """
    rows = model._base_manager
    count: int = rows.filter(**{name: theme}).count()
    gone: list[Any] = []
    if model is Capability:  # of two for one organisation the one that got farther stays
        gone += _lower(theme, into)
    for other in alone_with(model, name):
        there = rows.filter(**{name: into}).exclude(pk__in=[one.pk for one in gone])
        here = rows.filter(
            **{name: theme, f"{other}__in": list(there.values_list(other, flat=True))}
        )
        gone += [one for one in here if one not in gone]
    kept = [_whole(one) for one in gone]
    rows.filter(pk__in=[one.pk for one in gone]).delete()
    turned = _turned(rows.filter(**{name: theme}), **{name: into})
    return {"count": count, "turned": turned, "gone": kept}


def _whole(row: Any) -> dict[str, Any]:
    """Return every column of a row as JSON can hold it, dates to the last digit."""
    return {
        field.attname: field.value_to_string(row)
        for field in row._meta.concrete_fields
        if getattr(row, field.attname) is not None
    }


def _turned(rows: Any, **change: Any) -> list[Any]:
    """Update rows and return their keys."""
    keys = sorted(rows.values_list("pk", flat=True))
    rows.model._base_manager.filter(pk__in=keys).update(**change)
    return keys


def _lower(theme: Theme, into: Theme) -> list[Capability]:
    there = {one.actor_id: one for one in Capability.objects.filter(theme=into)}
    return [
        there[one.actor_id] if one.trl > there[one.actor_id].trl else one
        for one in Capability.objects.filter(theme=theme, actor__in=there)
    ]


def _place_and_names(theme: Theme) -> dict[str, Any]:
    names = {name: list(getattr(theme, name)) for name in ("synonyms_es", "synonyms_en")}
    return {"broader": theme.broader_id, **names}


def _records_told(theme: Theme, into: Theme) -> dict[str, list[str]]:
    """Let answers of surveys claim no theme that the organisation had by another word, too.

    Of an organisation that carries both, whichever a record brought alone is not alone any more.
    Returns what those records said before, by their keys.
    """
    both = Actor.objects.filter(themes=theme).filter(themes=into)
    told: dict[str, list[str]] = {}
    found = Record.objects.filter(actor__in=both, values__has_key="themes_added")
    for one in found.order_by("pk"):
        added = one.values["themes_added"]
        kept = [slug for slug in added if slug not in {theme.slug, into.slug}]
        if len(added) - len(kept) == 1:  # it brought both: then both are by its word alone
            told[str(one.pk)] = added
            one.values = {**one.values, "themes_added": kept}
            one.save(update_fields=["values"])
    return told


def alone_with(model: Any, name: str) -> Iterator[str]:
    """Yield the column that may stand beside a concept only once.

    No person: it is the same for all.
    """
    sets = [set(one) for one in model._meta.unique_together]
    sets += [
        set(one.fields)
        for one in model._meta.constraints
        if isinstance(one, models.UniqueConstraint) and name in one.fields
    ]
    for fields in sets:
        if len(fields) == 2 and name in fields:
            yield from fields - {name}


def is_under(theme: Theme, wanted: Theme) -> bool:
    """Whether one concept stands somewhere below another.

    No person: a rule of the acts on the tree.
    """
    above = dict(Theme.every.values_list("pk", "broader"))
    at = above.get(theme.pk)
    while at is not None:
        if at == wanted.pk:
            return True
        at = above.get(at)
    return False
