"""Undo the merge of two concepts: every link that followed goes back where it was."""

from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import WrongState
from minka.core.models import User
from minka.knowledge.actions.search_index import index_themes
from minka.knowledge.actions.theme_merging import alone_with, is_under
from minka.knowledge.models import Actor, Record, Theme, ThemeMerge


@transaction.atomic
def undo_theme_merge(*, by: User, step: ThemeMerge) -> Theme:
    """Let a merged concept stand for itself again, with what it had; return it.

    What came to the other one since stays there. What was deleted since is not brought back.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: it was undone, or a later merge of the concept that stayed comes first.
    """
    require(by, "knowledge.theme_change")
    list(Theme.every.select_for_update().order_by("pk").values_list("pk"))  # the tree stands still
    if not may_undo(step=step):
        raise WrongState(_("A later merge has to be undone first, or this one was; reload."))
    step = ThemeMerge.objects.select_for_update().get(pk=step.pk)
    theme, into = Theme.every.get(pk=step.theme_id), Theme.every.get(pk=step.into_id)
    carried = set(Actor.objects.filter(themes=into).values_list("pk", flat=True))
    theme.replaced_by = None
    theme.save(update_fields=["replaced_by"])
    moved = step.moved
    Theme.every.filter(pk__in=moved["former"], replaced_by=into).update(replaced_by=theme)
    _names_back(into, moved["before"], moved["after"])
    _tree_back(theme, into, moved)
    for label, rows in moved["rows"].items():
        _rows_back(label, rows, theme, into)
    for pk, told in moved["records"].items():
        _record_back(int(pk), told)
    step.undone_by, step.undone_at = by, timezone.now()
    step.save(update_fields=["undone_by", "undone_at"])
    carried |= set(Actor.objects.filter(themes=theme).values_list("pk", flat=True))
    Actor.objects.filter(pk__in=carried).update(updated_at=timezone.now())
    index_themes(themes=[theme.pk, into.pk])
    record(by=by, verb="knowledge.theme_unmerge", obj=theme, data={"from": into.slug})
    return theme


def may_undo(*, step: ThemeMerge) -> bool:
    """Whether this is the last merge of the two concepts that still stands.

    No person: a rule of the act above.
    """
    live = ThemeMerge.objects.filter(undone_at__isnull=True)
    touched = models.Q(into=step.into_id) | models.Q(theme=step.into_id)
    return live.filter(pk=step.pk).exists() and not live.filter(touched, pk__gt=step.pk).exists()


def _names_back(into: Theme, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Take the names that came out again; what people changed since stays."""
    for name in ("synonyms_es", "synonyms_en"):
        now = getattr(into, name)
        came = set(after[name]) - set(before[name])
        as_left = now == after[name]
        setattr(into, name, before[name] if as_left else [one for one in now if one not in came])
    into.save(update_fields=["synonyms_es", "synonyms_en"])


def _tree_back(theme: Theme, into: Theme, moved: dict[str, Any]) -> None:
    """Put what stood under the concept under it again, but nothing under itself."""
    before, after = moved["before"]["broader"], moved["after"]["broader"]
    for child in Theme.every.filter(pk__in=moved["children"], broader=into).order_by("pk"):
        if not is_under(theme, child):
            Theme.every.filter(pk=child.pk).update(broader=theme)
    into.refresh_from_db()
    if before != after and into.broader_id == after:
        above = Theme.every.filter(pk=before).first()
        if above is None or (above != into and not is_under(above, into)):
            Theme.every.filter(pk=into.pk).update(broader=above)


def _rows_back(label: str, rows: dict[str, Any], theme: Theme, into: Theme) -> None:
    """Turn the rows back that still point at the other one, and bring those back that both had."""
    path, _dot, name = label.rpartition(".")
    model: Any = apps.get_model(path)
    model._base_manager.filter(pk__in=rows["turned"], **{name: into}).update(**{name: theme})
    for gone in rows["gone"]:
        fields = [one for one in model._meta.concrete_fields if one.attname in gone]
        values = {one.attname: one.to_python(gone[one.attname]) for one in fields}
        if _fits(model, name, model(**values)):
            model(**values).save_base(raw=True)  # as it was: no column takes today's date


def _fits(model: Any, name: str, row: Any) -> bool:
    """Whether a row can come back: its place is free, and what it points at is still there."""
    if model._base_manager.filter(pk=row.pk).exists():
        return False
    for field in model._meta.concrete_fields:
        key = getattr(row, field.attname)
        if field.is_relation and key is not None:
            related: Any = field.related_model
            if not related._base_manager.filter(pk=key).exists():
                return False
    twins = (
        {name: getattr(row, f"{name}_id"), other: getattr(row, f"{other}_id", None)}
        for other in alone_with(model, name)
    )
    return not any(model._base_manager.filter(**twin).exists() for twin in twins)


def _record_back(pk: int, told: list[str]) -> None:
    found = Record.objects.filter(pk=pk).first()
    if found is not None:
        found.values = {**found.values, "themes_added": told}
        found.save(update_fields=["values"])
