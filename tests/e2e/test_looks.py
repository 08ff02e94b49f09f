"""How every page stands: on a telephone and a desk, light and dark, in both languages."""

import gettext
import re
from functools import cache, lru_cache
from pathlib import Path

import pytest
from playwright.sync_api import expect

import minka
from tests.e2e.grounds import small_cluster

PHONE = {"width": 360, "height": 740}
SIZES = {"phone": PHONE, "desk": {"width": 1280, "height": 800}}
# How a page is looked at in each language, without loading it again; the last is left to axe by
# the watch. Any two of a language, a theme and a size meet.
LOOKS = {
    "es": [("light", "phone"), ("dark", "desk")],
    "en": [("light", "desk"), ("dark", "phone")],
}
# Contrast, order and roles are the same in either language, so that axe asks for all of them once;
# in the other it asks for what words make: names, titles, languages.
RULES = {
    "es": (),
    "en": (
        "aria-command-name",
        "aria-input-field-name",
        "button-name",
        "document-title",
        "empty-heading",
        "empty-table-header",
        "html-has-lang",
        "image-alt",
        "label",
        "link-name",
        "select-name",
        "summary-name",
        "valid-lang",
    ),
}
SHARES = 2  # of the pages, so that two processes finish together
FIRST_VISIT_KB, SECOND_VISIT_KB, MOST_SHIFT = 160, 25, 0.1
ONE_H1 = "document.querySelectorAll('h1').length"
OWN_NAMES = {"English"}  # a language is called by its own name
OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll('body *')]
    .filter((one) => one.getBoundingClientRect().right > width + 1 && !one.closest('.table-wrap'))
    .map((one) => `${one.tagName.toLowerCase()}.${one.className}`).slice(0, 5);
}"""
TEXTS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (parent.closest('script, style, template, [lang=en]')) continue;
    const text = walker.currentNode.textContent.replace(/\\s+/g, ' ').trim();
    if (text) found.push(text);
  }
  return found;
}"""
SHIFT = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: 'layout-shift', buffered: true });
"""


@pytest.fixture(scope="session")
def cast(site):
    with site.database():
        return small_cluster()


@pytest.mark.long
@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.parametrize("language", LOOKS)
def test_every_page_fits_reads_and_is_accessible(cast, person, watch, language, share):
    browsers = {}
    wrong = []
    places = cast.pages[share::SHARES]
    for place in places:
        who = place.who
        page = browsers.get(who and who.pk)
        if page is None:
            page = browsers[who and who.pk] = person(who, language=language, rules=RULES[language])
        _look(page, *LOOKS[language][0])
        answer = page.goto(place.address)
        if answer.status != 200:
            wrong.append(f"{place.name}: answers {answer.status}")
            continue
        if (count := page.evaluate(ONE_H1)) != 1:
            wrong.append(f"{place.name}: {count} first headings")
        for theme, size in LOOKS[language]:
            if (theme, size) != LOOKS[language][0]:
                watch.examine(page)  # as it was so far
                _look(page, theme, size)
            if wide := page.evaluate(OVERFLOW):
                wrong.append(f"{place.name} ({size}): wider than the window: {wide}")
        is_for_developers = place.name == "components"  # it shows states by their codes
        shown = [] if language == "en" or is_for_developers else page.evaluate(TEXTS)
        if english := english_words(shown):
            wrong.append(f"{place.name}: in English: {english}")
    assert not wrong, "\n".join(wrong)
    looks = len(LOOKS[language])
    assert len(watch.examined) >= looks * len(places) - len(browsers)  # axe saw all that were left


def _look(page, theme, size):
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.set_viewport_size(SIZES[size])


@pytest.mark.parametrize("where", ["home", "challenge"])
def test_a_public_page_is_light(cast, site, new_context, where):
    (place,) = (place for place in cast.pages if place.name == where)
    # Not watched: a browser whose requests are looked at keeps nothing in its cache.
    page = new_context(base_url=site.url, locale="es-PE", viewport=PHONE).new_page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    addresses: dict[str, str] = {}
    weights: dict[str, float] = {}
    session.on(
        "Network.requestWillBeSent",
        lambda event: addresses.update({event["requestId"]: event["request"]["url"]}),
    )
    session.on(
        "Network.loadingFinished",
        lambda event: weights.update({event["requestId"]: event["encodedDataLength"] / 1000}),
    )
    for visit, most_kb in (("first", FIRST_VISIT_KB), ("second", SECOND_VISIT_KB)):
        weights.clear()
        page.goto(place.address, wait_until="networkidle")
        each = {addresses[key].removeprefix(site.url): kb for key, kb in weights.items() if kb}
        total_kb = sum(weights.values())
        assert 0 < total_kb <= most_kb, f"{visit} visit: {total_kb:.1f} kB\n{each}"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("where", ["home", "challenge", "directory"])
def test_a_page_does_not_jump_while_it_loads(cast, person, where, size):
    (place,) = (place for place in cast.pages if place.name == where)
    page = person(viewport=SIZES[size])
    page.context.add_init_script(SHIFT)
    page.goto(place.address, wait_until="networkidle")
    assert page.evaluate("window.shifted") < MOST_SHIFT


def test_the_keyboard_reaches_content_and_search(cast, person):
    page = person()
    page.goto("/directorio/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Ir al contenido")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    page.keyboard.press("Tab")
    outline = page.evaluate(
        "(({outlineStyle, outlineWidth}) => [outlineStyle, outlineWidth])(getComputedStyle(document.activeElement))"
    )
    assert outline[0] != "none"
    assert float(outline[1].removesuffix("px")) >= 2
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(page.locator("[data-search]")).to_be_focused()


@lru_cache(maxsize=1)
def untranslated() -> frozenset[str]:
    """Return the English texts that have another wording in Spanish."""
    found = set()
    for path in Path(minka.__file__).parent.glob("*/locale/es/LC_MESSAGES/django.mo"):
        with path.open("rb") as file:
            catalogue = gettext.GNUTranslations(file)._catalog
        for source, spanish in catalogue.items():
            text = source[0] if isinstance(source, tuple) else source
            if isinstance(text, str) and len(text) > 3 and "%" not in text and text != spanish:
                found.add(" ".join(text.split()))
    return frozenset(found - OWN_NAMES)


def english_words(texts: list[str]) -> list[str]:
    """Return what a Spanish page says in the words of the source."""
    return sorted({text for text in texts if text in untranslated() and not _is_spanish(text)})


@cache
def _is_spanish(text: str) -> bool:
    """True for words that another text of the interface says in Spanish, such as “Actor”."""
    return bool(re.fullmatch(r"\W*", text)) or text in _spanish_texts()


@lru_cache(maxsize=1)
def _spanish_texts() -> frozenset[str]:
    found = set()
    for path in Path(minka.__file__).parent.glob("*/locale/es/LC_MESSAGES/django.mo"):
        with path.open("rb") as file:
            found |= {str(text) for text in gettext.GNUTranslations(file)._catalog.values()}
    return frozenset(found)
