"""Printed documents: a Typst template and its data become a PDF, always the same for the same data.

A template lies in `templates/<app>/print` of an app and is named `<app>/<file>.typ`. It finds its
data in `data.json`, the house style in `house.typ`, and pictures under the names they were given.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst
from django.apps import apps
from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import get_language

from minka.core.static import BUILT, FrontendMissingError

PARTS = BUILT / "documents"  # the fonts and the contour lines, put there when the wheel is built
HOUSE = "house.typ"
CONTOURS = "contours.svg"


class DocumentError(RuntimeError):
    """A template does not fit its data: a fault of ours, not of whoever asked for the document."""


def render_pdf(
    template: str,
    data: Mapping[str, Any],
    *,
    made_at: datetime,
    language: str = "",
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return the document as a PDF with tags for screen readers.

    Args:
        template: such as `knowledge/directory.typ`.
        data: what JSON can hold; texts are never read as markup.
        made_at: when the document was made; the PDF carries it, and no other time.
        language: "es" or "en"; by default the active one.
        pictures: files the template names, such as `map.png` or `shares.svg`.

    Raises:
        FrontendMissingError: the fonts were not built yet.
        DocumentError: the template is not there, or does not fit its data.
    """
    return _compiled(
        template,
        _framed(data, made_at, language),
        pictures or {},
        format="pdf",
        timestamp=int(made_at.timestamp()),
    )


def render_card(
    template: str,
    data: Mapping[str, Any],
    *,
    made_at: datetime,
    language: str = "",
    pixels_per_point: float = 2.0,
) -> bytes:
    """Return a document of one page as PNG; arguments and errors as of `render_pdf`."""
    framed = _framed(data, made_at, language)
    return _compiled(template, framed, {}, format="png", ppi=72 * pixels_per_point)


def fingerprint(template: str, data: Mapping[str, Any]) -> str:
    """Return what changes whenever the document would: of its data, template and house style."""
    parts = [_template(template).read_bytes(), _template(f"core/{HOUSE}").read_bytes()]
    text = json.dumps([data, settings.MINKA_CLUSTER_NAME], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(b"\0".join([*parts, text.encode()])).hexdigest()


def _framed(data: Mapping[str, Any], made_at: datetime, language: str) -> dict[str, Any]:
    day = localtime(made_at).date()
    frame = {
        "language": (language or get_language() or "es")[:2],
        "cluster": settings.MINKA_CLUSTER_NAME,
        "address": settings.MINKA_BASE_URL,
        "made_on": {"year": day.year, "month": day.month, "day": day.day},
    }
    return {**data, "frame": frame}


def _compiled(
    template: str, data: Mapping[str, Any], pictures: Mapping[str, bytes], **how: Any
) -> bytes:
    with TemporaryDirectory(prefix="minka-document-") as folder:
        root = Path(folder)
        (root / "main.typ").write_bytes(_template(template).read_bytes())
        (root / HOUSE).write_bytes(_template(f"core/{HOUSE}").read_bytes())
        (root / CONTOURS).write_bytes((_parts() / CONTOURS).read_bytes())
        (root / "data.json").write_text(json.dumps(data, ensure_ascii=False))
        for name, content in pictures.items():
            (root / Path(name).name).write_bytes(content)
        try:
            return bytes(typst.compile(root / "main.typ", root=root, font_paths=_fonts(), **how))
        except typst.TypstError as error:
            raise DocumentError(f"{template}: {error}") from error


def _template(name: str) -> Path:
    label, _slash, file = name.partition("/")
    path = Path(apps.get_app_config(label).path) / "templates" / label / "print" / file
    if ".." in file or not path.is_file():
        raise DocumentError(f"{name}: there is no such template")
    return path


def _parts() -> Path:
    if not (PARTS / CONTOURS).exists():
        raise FrontendMissingError(FrontendMissingError.__doc__)
    return PARTS


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Return our own fonts and none of the machine's: a document looks the same everywhere."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[_parts()]
    )


def render_png(svg: str, *, pixels_per_unit: float = 1.0) -> bytes:
    """Return a picture of one page as PNG, with the texts in our own fonts.

    Raises:
        FrontendMissingError: the fonts were not built yet.
    """
    with TemporaryDirectory(prefix="minka-picture-") as folder:
        root = Path(folder)
        (root / "picture.svg").write_text(svg)
        (root / "main.typ").write_text(
            '#set page(width: auto, height: auto, margin: 0pt)\n#image("picture.svg")'
        )
        return bytes(
            typst.compile(
                root / "main.typ",
                root=root,
                font_paths=_fonts(),
                format="png",
                ppi=96 * pixels_per_unit,
            )
        )
