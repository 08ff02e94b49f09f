"""The states of the models between two migrations, made at a third of the cost.

For each operation Django makes the models anew that have to do with it, dozens of them. It writes
every field of them down and reads it back, and forgets each time which setting names the people's
model. What comes out is the same when the fields are copied and the setting is remembered.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from functools import cache
from unittest.mock import patch

from django.apps import apps
from django.apps.registry import Apps
from django.db.models import Field
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
        patch.object(Field, "clone", clone),
        patch.object(Apps, "get_swappable_settings_name", _remembered(setting)),
    ):
        yield


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
