"""Our own scripts, styles, fonts and icons, found through Vite's manifest."""

from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from minka.core.static import vite_manifest

register = template.Library()

MAIN = "src/main.ts"
SPRITE = "sprite.svg"
PRELOADED_FONTS = ("inter-latin-wght-normal", "source-serif-4-latin-wght-normal")


@lru_cache(maxsize=64)
def built(file: str) -> str:
    """Return the address of a built file; its name holds its hash, so it never changes."""
    return static(f"minka/{file}")


@register.simple_tag
def vite_css(entry: str = MAIN) -> SafeString:
    """Link the styles of an entry and, for the main one, fetch the two fonts early."""
    manifest = vite_manifest()
    links = format_html_join(
        "\n",
        '<link rel="stylesheet" href="{}">',
        ((built(file),) for file in manifest[entry].get("css", [])),
    )
    return _font_links() + links if entry == MAIN else links


@register.simple_tag
def vite_js(entry: str = MAIN) -> SafeString:
    """Load an entry as a module, and early what it imports."""
    manifest = vite_manifest()
    imports = format_html_join(
        "\n",
        '<link rel="modulepreload" href="{}">',
        ((built(manifest[key]["file"]),) for key in manifest[entry].get("imports", [])),
    )
    return imports + format_html(
        '<script type="module" src="{}"></script>', built(manifest[entry]["file"])
    )


@register.simple_tag
def vite_asset(name: str) -> str:
    """Return the address of a built asset by the name that it has in the front end's folder."""
    return built(vite_manifest()[name]["file"])


@register.simple_tag
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """Draw an icon of the sprite; decoration unless it has a label. Sizes: "", large, huge."""
    return _drawn(vite_asset(SPRITE), name, str(label), size)


@lru_cache(maxsize=1024)  # a page draws dozens, most of them the same
def _drawn(sprite: str, name: str, label: str, size: str) -> SafeString:
    href = f"{sprite}#{name}"
    css = f"icon icon-{size}" if size else "icon"
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}"></use></svg>',
            css,
            label,
            href,
        )
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"></use></svg>', css, href)


def _font_links() -> SafeString:
    files = [
        chunk["file"]
        for key, chunk in vite_manifest().items()
        if any(f"{font}.woff2" in key for font in PRELOADED_FONTS)
    ]
    return format_html_join(
        "\n",
        '<link rel="preload" as="font" type="font/woff2" href="{}" crossorigin>',
        ((built(file),) for file in files),
    )
