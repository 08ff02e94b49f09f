from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation

from minka.core import navigation
from minka.core.components import Bar, Facet, FacetOption, Step, StepState
from minka.core.context import navigation as navigation_context
from minka.core.static import BUILT, VITE_PREFIX, MinkaStaticStorage, vite_manifest

CLOSES = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)


def draw(source, **context):
    return Template(source).render(Context(context))


def signed_in(**fields):
    return SimpleNamespace(user=SimpleNamespace(is_authenticated=True, is_staff=False, **fields))


class Sample(forms.Form):
    title = forms.CharField(label="Título", help_text="Diga qué ocurre")
    points = forms.ChoiceField(choices=[(n, n) for n in range(1, 6)], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="De acuerdo", required=False)


@pytest.mark.parametrize(
    ("language", "written"),
    [("es", "22 nov 2026, 17:00 (Lima)"), ("en", "22 Nov 2026, 17:00 (Lima)")],
)
def test_an_instant_is_written_in_the_clusters_zone(language, written):
    with translation.override(language):
        html = draw("{% instant at %}", at=CLOSES)
    assert written in html
    assert 'datetime="2026-11-22T22:00:00+00:00"' in html
    assert "data-instant" in html, "a stranger's zone is known only to the browser"


def test_a_viewer_elsewhere_reads_their_own_hour_too():
    with translation.override("es"), timezone.override(ZoneInfo("Australia/Perth")):
        html = draw("{% instant at %}", at=CLOSES, request=signed_in())
    assert "22 nov 2026, 17:00 (Lima)" in html
    assert "23 nov 2026, 06:00 (Perth)" in html


def test_a_viewer_with_the_clusters_clock_reads_it_once():
    with timezone.override(ZoneInfo("America/Bogota")):
        assert "instant-own" not in draw("{% instant at %}", at=CLOSES, request=signed_in())


@pytest.mark.parametrize(
    ("ahead", "written"),
    [
        (timedelta(days=3, hours=1), "dentro de 3 días"),
        (timedelta(hours=47, minutes=1), "dentro de 47 horas"),
        (timedelta(minutes=-30, seconds=-5), "hace 30 minutos"),
    ],
)
def test_a_countdown_says_one_unit_in_words(ahead, written):
    with translation.override("es"):
        assert written in draw("{% countdown at %}", at=timezone.now() + ahead)


@pytest.mark.parametrize(
    ("arguments", "written"),
    [
        ('40000 "USD"', "US$\u00a040,000"),
        ('1250 "PEN"', "S/\u00a01,250.00"),
        ('99.5 "EUR"', "€\u00a099.50"),
    ],
)
def test_money_carries_its_currency(arguments, written):
    assert draw("{% money " + arguments + " %}") == written


def test_nothing_is_a_dash_not_zero():
    assert draw('{% money none "USD" %}{{ none|number }}{% instant none %}', none=None) == "———"


def test_text_falls_back_to_the_other_language_and_says_so():
    thing = SimpleNamespace(title_es="Relaves", title_en="")
    with translation.override("en"):
        assert draw('{% localized t "title" %}', t=thing) == '<span lang="es">Relaves</span>'
    with translation.override("es"):
        assert draw('{% localized t "title" %}', t=thing) == "Relaves"


def test_what_people_wrote_is_escaped():
    thing = SimpleNamespace(title_es="<b>x</b>", title_en="")
    with translation.override("es"):
        for tag in ("localized", "localized_block", "localized_plain"):
            assert "<b>" not in draw("{% " + tag + ' t "title" %}', t=thing)
        assert "<b>" not in draw(
            "{% pagehead title=t %}{% endpagehead %}{% chip t t %}", t="<b>x</b>"
        )


def test_a_chip_has_an_icon_and_a_word():
    html = draw('{% chip "draft" "Borrador" %}')
    assert "chip-neutral" in html
    assert "#pencil" in html
    assert "Borrador" in html


def test_a_stepper_marks_where_it_is():
    steps = [
        Step("A", StepState.DONE),
        Step("B", StepState.CURRENT, who="Rosa", due=CLOSES),
        Step("C"),
    ]
    html = draw("{% stepper steps %}", steps=steps)
    assert html.count("<li") == 3
    assert html.count('aria-current="step"') == 1
    assert "Rosa" in html


def test_a_facet_keeps_what_was_chosen():
    facet = Facet(
        "region",
        "Región",
        [FacetOption("AR", "Arequipa", 1200, selected=True), FacetOption("TA", "Tacna")],
    )
    html = draw("{% facet facet %}", facet=facet)
    assert html.count("checked") == 1
    assert "1,200" in html


def test_pages_keep_the_filters():
    request = RequestFactory().get("/directorio/?region=AR&page=2")
    html = draw("{% pagination page %}", page=Paginator(range(90), 10).page(2), request=request)
    assert 'href="?region=AR&amp;page=3"' in html


def test_bars_share_a_scale_and_carry_their_figures():
    with translation.override("es"):
        html = draw('{% bars rows "Por región" "actores" %}', rows=[Bar("A", 40), Bar("B", 10)])
    assert 'width="100.0"' in html
    assert 'width="25.0"' in html
    assert "style=" not in html


def test_a_field_ties_label_help_and_error_to_its_control():
    html = draw("{% field form.title %}", form=Sample({"title": ""}))
    assert 'for="id_title"' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'id="id_title_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_form_sums_its_errors_with_links():
    html = str(Sample({}))
    assert 'href="#id_title"' in html
    assert 'role="alert"' in html
    assert "errorsummary" not in str(Sample())


def test_a_scale_draws_five_points_and_what_the_ends_mean():
    html = draw('{% scorescale form.points low="Nada" high="Todo" %}', form=Sample())
    assert html.count('type="radio"') == 5
    assert "Nada" in html


def test_every_registered_page_has_an_address_and_an_icon():
    sprite = (BUILT / vite_manifest()["sprite.svg"]["file"]).read_text()
    for entry in navigation.entries():
        assert reverse(entry.url_name)
        assert f'id="{entry.icon}"' in sprite, f"frontend/icons.json lacks {entry.icon}"


def test_a_page_without_address_is_an_error(monkeypatch):
    lost = navigation.Entry(navigation.Line.HOME, "Lost", "nowhere:lost", "x", navigation.anyone)
    monkeypatch.setattr(navigation, "_entries", {"nowhere:lost": lost})
    request = RequestFactory().get("/")
    request.user = SimpleNamespace(is_authenticated=False)
    with pytest.raises(NoReverseMatch):
        len(navigation_context(request)["navigation"])


def test_only_entries_that_one_may_see_are_on_the_rail(monkeypatch):
    mine = navigation.Entry(
        navigation.Line.TEAM, "People", "core:people", "users", navigation.staff_only
    )
    monkeypatch.setattr(navigation, "_entries", {"core:people": mine})
    request = RequestFactory().get("/personas/")
    for is_staff, count in ((False, 0), (True, 1)):
        request.user = SimpleNamespace(is_authenticated=True, is_staff=is_staff)
        rail = navigation_context(request)["navigation"]
        assert len(rail) == count
    assert rail[0].current


def test_icons_exist_in_the_sprite_and_are_hidden_or_named():
    assert 'aria-hidden="true"' in draw('{% icon "search" %}')
    assert 'aria-label="Cerrar"' in draw('{% icon "x" "Cerrar" %}')


def test_scripts_and_styles_are_our_own_hashed_files():
    html = draw("{% vite_css %}{% vite_js %}")
    assert html.count('rel="preload" as="font"') == 2
    assert 'type="module"' in html
    assert "http" not in html


def test_names_that_vite_hashed_are_left_alone():
    built = "minka/" + vite_manifest()["src/main.ts"]["file"]
    assert built.startswith(VITE_PREFIX)
    assert MinkaStaticStorage().stored_name(built) == built
