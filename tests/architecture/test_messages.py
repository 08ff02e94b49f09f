"""Every string of the interface is there in both languages."""

import pytest
from babel.messages.pofile import read_po

from minka.cli import catalogues
from tests.architecture.tree import PACKAGE

APPS = catalogues.catalogue_apps(PACKAGE)


@pytest.mark.parametrize("app", APPS, ids=lambda path: path.name)
def test_the_spanish_catalogue_is_complete(app):
    assert catalogues.problems(app, "es") == [], (
        f"run `make messages` and fill in {catalogues.po_path(app, 'es')}"
    )


def test_strings_are_found_in_code_and_templates(tmp_path):
    app = tmp_path / "shop"
    (app / "templates").mkdir(parents=True)
    (app / "apps.py").write_text(
        '_("Shop"); ngettext("%(n)s item", "%(n)s items", n); pgettext("verb", "Order")'
    )
    (app / "templates" / "a.html").write_text(
        '{% load i18n %}{% translate "Buy it\'s" %}{{ x|default:_("None") }}'
        "{% blocktranslate count n=n trimmed %}\n one {{ n }}\n{% plural %}many {{ n }}{% endblocktranslate %}"
        '{% translate "May" context "month" %}'
    )
    assert set(catalogues.strings_of(app)) == {
        (None, "Shop"),
        (None, ("%(n)s item", "%(n)s items")),
        ("verb", "Order"),
        (None, "Buy it's"),
        (None, "None"),
        (None, ("one %(n)s", "many %(n)s")),
        ("month", "May"),
    }


def test_a_catalogue_keeps_its_translations_and_tells_what_is_wrong(tmp_path):
    app = tmp_path / "shop"
    app.mkdir()
    (app / "apps.py").write_text('_("Hello %(name)s"); _("Bye")')
    catalogues.update_catalogue(app, "es", prune=False)
    po = catalogues.po_path(app, "es")
    po.write_text(
        po.read_text().replace(
            'msgid "Hello %(name)s"\nmsgstr ""', 'msgid "Hello %(name)s"\nmsgstr "Hola %(nombre)s"'
        )
    )
    catalogues.update_catalogue(app, "es", prune=False)
    assert sorted(catalogues.problems(app, "es")) == [
        "not translated: 'Bye'",
        "placeholders differ (%(name)s, %(nombre)s): 'Hello %(name)s'",
    ]
    (app / "apps.py").write_text('_("Bye")')
    catalogues.update_catalogue(app, "es", prune=False)
    assert "#~ msgstr" in po.read_text()
    catalogues.update_catalogue(app, "es", prune=True)
    assert "Hola" not in po.read_text()


def test_one_english_string_has_one_spanish_in_every_catalogue():
    """Django lays the catalogues of all apps over each other: a second translation would win."""
    seen = {}
    for path in sorted(PACKAGE.glob("*/locale/es/LC_MESSAGES/django.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="es"):
                if message.id and message.string:
                    seen.setdefault((message.context, message.id), set()).add(message.string)
    assert {key: words for key, words in seen.items() if len(words) > 1} == {}
