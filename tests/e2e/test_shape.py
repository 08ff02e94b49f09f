"""What counts as the same document for axe, and what never does."""

from pathlib import Path

import pytest

SHAPE = Path(__file__).with_name("shape.js").read_text()
STYLE = ".box { width: 90px; height: 20px; overflow: auto }"
SAME = {
    "other words": ("<h1>Bombas</h1><p>Una</p>", "<h1>Otra cosa</h1><p>Dos palabras</p>"),
    "more rows": ("<ul><li>a</li><li>b</li></ul>", "<ul><li>c</li><li>d</li><li>e</li></ul>"),
    "another record": (
        '<p id="row-7" data-key="7">Uno <a href="/a/7/">el uno</a></p>',
        '<p id="row-12" data-key="12">Dos <a href="/a/12/">el dos</a></p>',
    ),
}
DIFFERENT = {
    "a field without a name": (
        '<label for="a">Uno</label><input id="a">',
        '<b>Uno</b><input id="a">',
    ),
    "the name of another field": (
        '<label for="a">Uno</label><input id="a">',
        '<label for="b">Uno</label><input id="a">',
    ),
    "an identifier twice": ('<p id="a1">x</p><p id="a2">x</p>', '<p id="a1">x</p><p id="a1">x</p>'),
    "a button without words": ("<button>Uno</button>", "<button> </button>"),
    "an empty name": ('<i role="img" aria-label="x"></i>', '<i role="img" aria-label=""></i>'),
    "a name that is not what is read": (
        '<button aria-label="Quitar Uno">Uno</button>',
        '<button aria-label="Quitar">Uno</button>',
    ),
    "two landmarks of one name": (
        '<nav aria-label="a">x</nav><nav aria-label="b">x</nav>',
        '<nav aria-label="a">x</nav><nav aria-label="a">x</nav>',
    ),
    "an address on the page that is none": (
        '<a href="#b">Uno</a><p id="b">x</p>',
        '<a href="#c">Uno</a><p id="b">x</p>',
    ),
    "the look of a word": ('<p class="tone-1">Uno</p>', '<p class="tone-2">Uno</p>'),
    "the tone of a word": ('<p data-tone="ok">Uno</p>', '<p data-tone="bad">Uno</p>'),
    "a heading left out": ("<h1>Uno</h1><h2>Dos</h2>", "<h1>Uno</h1><h3>Dos</h3>"),
    "a language": ('<p lang="en">Uno</p>', '<p lang="xx">Uno</p>'),
    "something hidden": ("<p>Uno</p>", "<p hidden>Uno</p>"),
    "something to scroll": (
        '<div class="box">Uno</div>',
        f'<div class="box">{"Uno dos tres " * 30}</div>',
    ),
    "a small target": ('<a href="/">Uno y dos</a>', '<a href="/" style="font-size: 4px">Uno</a>'),
    "a row unlike the others": (
        "<ul><li>a</li><li>b</li></ul>",
        "<ul><li>a</li><li><button></button></li></ul>",
    ),
}


@pytest.fixture
def shape(page):
    """Return the shape of a document with this body."""

    def of(body):
        page.set_content(
            f"<!doctype html><html lang=es><title>Una</title><style>{STYLE}</style>"
            f"<main>{body}</main>"
        )
        page.evaluate(SHAPE)
        return page.evaluate("minkaShape()")

    return of


@pytest.mark.parametrize("case", SAME)
def test_words_figures_and_repetitions_make_no_other_document(shape, case):
    one, other = SAME[case]
    assert shape(one) == shape(other)


@pytest.mark.parametrize("case", DIFFERENT)
def test_what_axe_tells_apart_is_another_document(shape, case):
    one, other = DIFFERENT[case]
    assert shape(one) != shape(other)


def test_every_look_is_another_document(shape, page):
    shapes = [shape("<p>Uno</p>")]
    page.emulate_media(color_scheme="dark")
    shapes.append(shape("<p>Uno</p>"))
    page.set_viewport_size({"width": 360, "height": 740})
    shapes.append(shape("<p>Uno</p>"))
    shapes.append(page.evaluate("minkaShape(['label'])"))
    assert len(set(shapes)) == 4
