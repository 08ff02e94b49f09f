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
from minka.knowledge.models import Actor, Capability, SearchPhrase, Theme, ThemeRefusal

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
    if _is_under(into, theme):
        into.broader_id = theme.broader_id
    Theme.every.filter(broader=theme).exclude(pk=into.pk).update(broader=into)
    Theme.every.filter(replaced_by=theme).update(replaced_by=into)
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
    moved = {model._meta.label: _move(model, name, theme, into) for model, name in _pointers()}
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
            "moved": {label: count for label, count in moved.items() if count},
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
        for model, name in _pointers()
        if model is not ThemeRefusal
    )
    return any(rows.exists() for rows in uses)


def _pointers() -> Iterator[Pointer]:
    """Yield every column of every line that points at a concept."""
    for relation in Theme._meta.get_fields(include_hidden=True):
        if relation.auto_created and (relation.one_to_many or relation.one_to_one):
            model: Any = relation.related_model
            if model not in {Theme, SearchPhrase}:  # phrases are made anew
                yield model, relation.remote_field.name  # type: ignore[union-attr]


def _move(model: Any, name: str, theme: Theme, into: Theme) -> int:
    """Turn a column from one concept to the other; return how many rows pointed at the first."""
    rows = model._base_manager
    count: int = rows.filter(**{name: theme}).count()
    if model is Capability:  # of two for one organisation the one that got farther stays
        _drop_lower(theme, into)
    for other in _alone_with(model, name):
        there = list(rows.filter(**{name: into}).values_list(other, flat=True))
        rows.filter(**{name: theme, f"{other}__in": there}).delete()
    rows.filter(**{name: theme}).update(**{name: into})
    return count


def _drop_lower(theme: Theme, into: Theme) -> None:
    there = {one.actor_id: one for one in Capability.objects.filter(theme=into)}
    for one in Capability.objects.filter(theme=theme, actor__in=there):
        lower = there[one.actor_id] if one.trl > there[one.actor_id].trl else one
        lower.delete()


def _alone_with(model: Any, name: str) -> Iterator[str]:
    """Yield the column that may stand beside a concept only once."""
    sets = [set(one) for one in model._meta.unique_together]
    sets += [
        set(one.fields)
        for one in model._meta.constraints
        if isinstance(one, models.UniqueConstraint) and name in one.fields
    ]
    for fields in sets:
        if len(fields) == 2 and name in fields:
            yield from fields - {name}


def _is_under(theme: Theme, wanted: Theme) -> bool:
    above = dict(Theme.every.values_list("pk", "broader"))
    at = above.get(theme.pk)
    while at is not None:
        if at == wanted.pk:
            return True
        at = above.get(at)
    return False
