"""Objects out of JSON, one at a time, whether one per line or in one long list."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from minka.core.errors import InvalidInput

_CHUNK_CHARACTERS = 1 << 16
_LONGEST_OBJECT = 1 << 26
_BETWEEN = re.compile(r"[\s,\x1e]*")  # the last one parts the lines of GeoJSON sequences
_FEATURES = re.compile(r'"features"\s*:\s*\[')
_DECODER = json.JSONDecoder()


class Found(NamedTuple):
    """An object and the line on which it begins."""

    line: int
    content: Mapping[str, Any]


class _Window:
    """A piece of the text that moves along, and knows its line."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.text = ""
        self.line = 1
        self.ended = False

    def more(self) -> None:
        """Read on; twice as much each time, so that a long object is not tried too often."""
        chunk = self._file.read(max(_CHUNK_CHARACTERS, len(self.text)))
        self.ended = not chunk
        self.text += chunk

    def drop(self, count: int) -> None:
        self.line += self.text.count("\n", 0, count)
        self.text = self.text[count:]


def iter_objects(path: Path, *, encoding: str, errors: str) -> Iterator[Found]:
    """Yield the objects of JSON lines, of a list, or the features of a GeoJSON collection.

    Raises:
        InvalidInput: it is not JSON, is cut off, or holds something else than objects.
    """
    with path.open(encoding=encoding, errors=errors) as file:
        window = _Window(file)
        window.more()
        is_list = _enter(window)
        while True:
            _skip_between(window)
            if not window.text:
                if is_list:
                    raise _not_json(window.line)
                return
            if is_list and window.text[0] == "]":
                return
            yield _next_object(window)


def _enter(window: _Window) -> bool:
    """Move to the first object; return True if it stands in a list that has to be closed."""
    _skip_between(window)
    if window.text.startswith("["):
        window.drop(1)
        return True
    if '"FeatureCollection"' in window.text or '"features"' in window.text:
        while not (start := _FEATURES.search(window.text)):
            if window.ended or len(window.text) > _LONGEST_OBJECT:
                raise _not_json(window.line)
            window.more()
        window.drop(start.end())
        return True
    return False


def _skip_between(window: _Window) -> None:
    while True:
        gap = _BETWEEN.match(window.text)
        window.drop(gap.end() if gap else 0)
        if window.text or window.ended:
            return
        window.more()


def _next_object(window: _Window) -> Found:
    while True:
        try:
            content, end = _DECODER.raw_decode(window.text)
        except (json.JSONDecodeError, RecursionError) as error:
            if window.ended or len(window.text) > _LONGEST_OBJECT:
                raise _not_json(window.line) from error
            window.more()
            continue
        if not isinstance(content, dict):
            raise InvalidInput(
                _("Line %(line)s holds no object with named values, so it is no row of a table.")
                % {"line": window.line}
            )
        found = Found(window.line, content)
        window.drop(end)
        return found


def _not_json(line: int) -> InvalidInput:
    return InvalidInput(
        _("The JSON cannot be read from line %(line)s on: it is damaged or cut off there.")
        % {"line": line}
    )
