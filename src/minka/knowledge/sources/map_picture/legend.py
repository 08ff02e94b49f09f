"""What the colours of a still map mean, in words, and where its shapes come from."""

from collections.abc import Collection, Iterable, Sequence

from django.utils.translation import gettext as _

from minka.knowledge.models import MapLayer
from minka.knowledge.queries.density import Density, Shading
from minka.knowledge.queries.map_look import MapLook
from minka.knowledge.sources.map_picture import colors
from minka.knowledge.states import ActorKind, PlaceLevel
from minka.methods.geography.classes import Interval
from minka.methods.geography.picture import Picture

TEXT = 'font-family="Inter, Inter Variable" font-size="12"'
LINE_PX = 20
WIDTH_PX = 250
CORNER_PX = 16
Entry = tuple[str, str]  # colour, words


def legend_of(  # noqa: PLR0913 -- what the legend tells of
    picture: Picture,
    *,
    look: MapLook,
    shaded: Density | Shading | None,
    kinds: Collection[str],
    layers: Sequence[MapLayer],
    sources: Iterable[str],
) -> None:
    """Draw the legend into the lower left corner and the sources under the picture."""
    heading = ""
    if shaded is not None:
        heading = heading_of(look)
        entries = [
            (colors.SHADES[at], words) for at, words in enumerate(class_words(shaded.classes))
        ]
    else:
        entries = [
            (colors.SERIES[at % len(colors.SERIES)], str(kind.label))
            for at, kind in enumerate(ActorKind)
            if kind in kinds
        ]
    entries += [(colors.LAYERS[layer.category], layer.name) for layer in layers]
    width, height = picture.view.width, picture.view.height
    _draw(picture, heading, entries)
    picture.parts.append(
        f'<rect y="{height - 26}" width="{width}" height="26" fill="{colors.PAPER}"/>'
    )
    words = _("Sources: %(names)s") % {"names": "; ".join(sources)}
    picture.text(24, height - 9, words, f'{TEXT} fill="{colors.MUTED}"')


def heading_of(look: MapLook) -> str:
    """Return what is counted, in words."""
    if look.view == "hexagons":
        return _("Organisations in each hexagon of %(size)s km") % {"size": look.cell}
    labels = {
        PlaceLevel.DEPARTMENT: _("Organisations in each region"),
        PlaceLevel.PROVINCE: _("Organisations in each province"),
        PlaceLevel.DISTRICT: _("Organisations in each district"),
    }
    return labels.get(PlaceLevel(look.view), "") if look.view in PlaceLevel.values else ""


def class_words(classes: Sequence[Interval]) -> list[str]:
    """Return what each class holds: “3 to 8”, “9”."""
    return [
        f"{one.least:,}"
        if one.least == one.most
        else _("%(least)s to %(most)s") % {"least": f"{one.least:,}", "most": f"{one.most:,}"}
        for one in classes
    ]


def _draw(picture: Picture, heading: str, entries: Sequence[Entry]) -> None:
    lines = len(entries) + bool(heading)
    if not lines:
        return
    top = picture.view.height - 26 - CORNER_PX - lines * LINE_PX - 12
    picture.parts.append(
        f'<rect x="{CORNER_PX}" y="{top}" width="{WIDTH_PX}" height="{lines * LINE_PX + 12}"'
        f' rx="6" fill="{colors.PAPER}" fill-opacity="0.94" stroke="#ded6ca"/>'
    )
    y = top + 20
    if heading:
        picture.text(CORNER_PX + 12, y, heading, f'{TEXT} font-weight="600" fill="{colors.INK}"')
        y += LINE_PX
    for color, words in entries:
        picture.parts.append(
            f'<rect x="{CORNER_PX + 12}" y="{y - 10}" width="12" height="12" rx="3" fill="{color}"'
            f' stroke="{colors.BORDER}" stroke-width="0.5"/>'
        )
        picture.text(CORNER_PX + 32, y, words[:40], f'{TEXT} fill="{colors.INK}"')
        y += LINE_PX
