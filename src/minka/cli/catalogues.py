"""Catalogues of translations: find the strings of an app, keep its .po, write its .mo."""

import ast
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

# Which argument is the string, its plural, its context ("c"): as Babel wants it.
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TEMPLATES = {".html", ".txt", ".typ"}
WITHOUT_OWN = {"config": "core", "cli": "core"}  # no Django apps: their strings live in core
HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
_STRING = r"""u?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
_CALL = re.compile(rf"\b(_|gettext|ngettext|pgettext|npgettext)\(({_STRING}(?:\s*,\s*{_STRING})*)")
# %(name)s and {name} have to reach the translation; %% and a bare % do not.
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")

Strings = tuple[str | None, str | tuple[str, str]]  # context, then message or (singular, plural)


def catalogue_apps(package: Path) -> list[Path]:
    """Return the folders of the apps, those that have an `apps.py`."""
    return sorted(path.parent for path in package.glob("*/apps.py"))


def po_path(app: Path, language: str) -> Path:
    """Return where the catalogue of an app in a language is."""
    return app / "locale" / language / "LC_MESSAGES" / "django.po"


def strings_of(app: Path) -> Iterator[Strings]:
    """Yield every string of an app's code and templates, by file, as they stand in it."""
    guests = [name for name, owner in WITHOUT_OWN.items() if owner == app.name]
    folders = [app, *(app.parent / name for name in guests)]
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if "migrations" in path.parts:
                continue
            if path.suffix == ".py":
                yield from _from_python(path)
            elif path.suffix in TEMPLATES and "templates" in path.parts:
                yield from _from_template(path)


def collected(app: Path, language: str) -> Catalog:
    """Return a catalogue that holds the app's strings, untranslated."""
    catalogue = Catalog(locale=language)
    for context, message in strings_of(app):
        catalogue.add(message, context=context)
    return catalogue


def read_catalogue(app: Path, language: str) -> Catalog:
    """Return the catalogue as it is kept, empty if there is none."""
    path = po_path(app, language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as source:
        return read_po(source, locale=language)


def update_catalogue(app: Path, language: str, *, prune: bool) -> None:
    """Add new strings, keep every translation; set aside (or `prune`) what nothing uses."""
    kept = read_catalogue(app, language)
    kept.update(collected(app, language), no_fuzzy_matching=True)
    if not len(kept) and not kept.obsolete:
        return
    for message in kept:
        message.locations = []
    body = BytesIO()
    write_po(body, kept, omit_header=True, sort_output=True, ignore_obsolete=prune, width=100)
    path = po_path(app, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = HEADER.format(language=language) + body.getvalue().decode().strip() + "\n"
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


def compile_catalogue(app: Path, language: str) -> None:
    """Write the .mo that Django reads."""
    path = po_path(app, language)
    if path.exists():
        with path.with_suffix(".mo").open("wb") as target:
            write_mo(target, read_catalogue(app, language))


def problems(app: Path, language: str) -> list[str]:
    """Return what keeps the catalogue from being complete, one line each."""
    kept = read_catalogue(app, language)
    found = []
    for message in collected(app, language):
        if not message.id:
            continue
        own = kept.get(_singular(message), message.context)
        if own is None or not _translated(own):
            found.append(f"not translated: {_singular(message)!r}")
        elif own.fuzzy:
            found.append(f"fuzzy: {_singular(message)!r}")
        elif bool(own.pluralizable) != bool(message.pluralizable):
            found.append(f"plural here, not there: {_singular(message)!r}")
        elif lost := _lost_placeholders(own):
            found.append(f"placeholders differ ({lost}): {_singular(message)!r}")
    return found


def _singular(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _forms(value: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


def _translated(message: Message) -> bool:
    return all(form.strip() for form in _forms(message.string)) and bool(message.string)


def _lost_placeholders(message: Message) -> str:
    """Name the placeholders that only one side has; a singular form may spell its number out."""
    ids, strings = _forms(message.id), _forms(message.string)
    wanted = set().union(*(_PLACEHOLDER.findall(text) for text in ids))
    lost = wanted ^ set().union(*(_PLACEHOLDER.findall(text) for text in strings))
    return ", ".join(sorted(lost))


def _from_python(path: Path) -> Iterator[Strings]:
    with path.open("rb") as source:
        found = extract("python", source, keywords=KEYWORDS)
        for _line, message, _comments, context in found:
            yield context, message if isinstance(message, str) else (message[0], message[1])


def _from_template(path: Path) -> Iterator[Strings]:
    for call in _CALL.finditer(templatize(path.read_text(), origin=str(path))):
        name, strings = call[1], list(ast.literal_eval(f"[{call[2]}]"))
        context = strings.pop(0) if name in {"pgettext", "npgettext"} else None
        yield context, (strings[0], strings[1]) if name.startswith("n") else strings[0]
