"""The states of the models between two migrations, made at a tenth of the cost.

For each operation Django makes the models anew that have to do with it, however distantly: all but
a few, since most name a person. It writes every field of them down and reads it back, and forgets
each time which setting names the people's model. The tables that come out are the same when only
the model and those that name it are made anew, the fields are copied and the setting is remembered.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from functools import cache
from unittest.mock import patch

from django.apps import apps
from django.apps.registry import Apps
from django.db.migrations.state import ProjectState
from django.db.models import Field, Model
from django.utils.functional import cached_property


@contextmanager
def quick_states() -> Iterator[None]:
    """Let the states of the models be made quickly."""
    write_down = Field.clone
    find = Apps.get_swappable_settings_name.__wrapped__

    def clone(field: Field) -> Field:
        return write_down(field) if hasattr(field, "model") else _copy(field)

    @cache
    def setting(to: str) -> str | None:
        return find(apps, to)

    with (
        patch.object(ProjectState, "_find_reload_model", _near),
        patch.object(Field, "clone", clone),
        patch.object(Apps, "get_swappable_settings_name", _remembered(setting)),
    ):
        yield


def _near(state: ProjectState, app: str, name: str, delay: bool = False) -> set[tuple[str, str]]:
    """Return a model and those that name it: what an operation upon its table looks at.

    Code of a migration looks further; before it runs, Django makes a delayed state anew as a whole.
    """
    state.is_delayed = True
    try:
        before: type[Model] = state.apps.get_model(app, name)
    except LookupError:
        return {(app, name)}
    naming = [
        one.related_model
        for one in before._meta.get_fields(include_hidden=True)
        if one.is_relation and one.auto_created and not one.concrete
    ]
    return {(app, name), *((one._meta.app_label, one._meta.model_name) for one in naming)}


def _copy(field: Field) -> Field:
    """Return a field that belongs to no model yet, as the given one; it counts as younger."""
    made = deepcopy(field)
    for one in filter(None, (made, made.remote_field)):
        for name in _reckoned(type(one)) & vars(one).keys():
            del vars(one)[name]
    made.creation_counter = Field.creation_counter
    Field.creation_counter += 1
    return made


@cache
def _reckoned(kind: type) -> frozenset[str]:
    """Return what things of a class reckon once and keep."""
    return frozenset(
        name
        for above in kind.__mro__
        for name, value in vars(above).items()
        if isinstance(value, cached_property)
    )


def _remembered(setting: Callable[[str], str | None]) -> Callable[[Apps, str], str | None]:
    def named(_registry: Apps, to: str) -> str | None:
        return setting(to)

    named.cache_clear = lambda: None  # type: ignore[attr-defined] -- the models that are, stay
    return named
