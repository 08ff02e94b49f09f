import json

import pytest
from django.urls import reverse

from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.knowledge.actions.actors import change_actor
from minka.knowledge.actions.identity import merge_actors
from minka.knowledge.actions.imports import OfferedSheet, register_sheets
from minka.knowledge.actions.personal import collect, forget
from minka.knowledge.actions.profile import describe_actor
from minka.knowledge.actions.survey_answers import finish_response, save_answers
from minka.knowledge.actions.survey_profiles import apply_response, take_back_response
from minka.knowledge.actions.theme_merging import merge_themes
from minka.knowledge.actions.theme_unmerging import undo_theme_merge
from minka.knowledge.actions.waves import close_wave
from minka.knowledge.models import Actor, ActorName, Question, Record, Response, ThemeMerge, Wave
from minka.knowledge.notices.surveys import response_token
from minka.knowledge.queries.linkage_memory import not_remembered
from minka.knowledge.queries.surveys import counted_answers
from minka.knowledge.queries.survivorship import told_of
from tests.factories import PlaceFactory, ThemeFactory, UserFactory
from tests.knowledge.wave_ground import answered, opened_wave

pytestmark = pytest.mark.django_db
SITE = "https://nueva.example"


@pytest.fixture
def response(team):
    opened_wave(team, 1)
    return Response.objects.select_related("actor", "wave").get()


def told(actor, field):
    return told_of([actor.pk])[actor.pk].get(field)


def feed(code, kind, field):
    Question.objects.filter(code=code).update(kind=kind, feeds=field)


def test_answers_speak_in_the_profile_under_the_source_of_the_wave(response):
    answered(response, personas=40, tamano="small", web=SITE, opinion="Secreta")
    record = apply_response(response_id=response.pk)
    actor = response.actor
    actor.refresh_from_db()
    assert (actor.size_band, actor.website) == ("small", SITE)
    word = told(actor, "website")
    source = Wave.objects.get().source
    assert (word.who, word.origin, word.record) == (source.name, "source", record.pk)
    assert record.cells == [["¿tamano?", "Tamaño small"], ["¿web?", SITE]]
    assert "Secreta" not in str(record.cells) + str(record.values)


def test_finishing_by_the_link_is_enough(response):
    save_answers(by=None, response=response, revision=0, raw={"web": "nueva.example"})
    finish_response(by=None, response=response)
    response.actor.refresh_from_db()
    assert response.actor.website == SITE


def test_finished_again_a_new_record_takes_the_place_of_the_old(response):
    answered(response, web=SITE)
    first = apply_response(response_id=response.pk)
    assert apply_response(response_id=response.pk) == first
    answered(response, web="https://otra.example")
    second = apply_response(response_id=response.pk)
    first.refresh_from_db()
    response.actor.refresh_from_db()
    assert (first.replaced_by, response.actor.website) == (second, "https://otra.example")
    answered(response, web=SITE)
    assert apply_response(response_id=response.pk).occurrence == 2
    response.actor.refresh_from_db()
    assert response.actor.website == SITE


def test_what_is_taken_out_of_the_answers_goes_out_of_the_profile(response):
    answered(response, web=SITE, servicios="Mallas\nPernos; Cables")
    apply_response(response_id=response.pk)
    answered(response, web="", servicios="Pernos")
    apply_response(response_id=response.pk)
    response.actor.refresh_from_db()
    assert response.actor.website == ""
    assert [one.name for one in response.actor.products.all()] == ["Pernos"]


def test_what_the_organisation_or_the_team_stated_stays(response, team):
    change_actor(by=team, actor=response.actor, changes={"website": "https://firme.example"})
    describe_actor(by=team, actor=response.actor, size_band="micro", languages=[])
    answered(response, web=SITE, tamano="small")
    apply_response(response_id=response.pk)
    response.actor.refresh_from_db()
    assert (response.actor.website, response.actor.size_band) == ("https://firme.example", "micro")


def test_to_the_lists_of_a_claimed_profile_nothing_is_added(response):
    from django.utils import timezone

    response.actor.owner, response.actor.claimed_at = UserFactory(), timezone.now()
    response.actor.save()
    answered(response, servicios="Mallas")
    apply_response(response_id=response.pk)
    assert not response.actor.products.exists()


def test_taking_back_leaves_what_others_say_and_finishing_again_speaks_again(response, team):
    feed("opinion", "short_text", "name")
    old = response.actor.name
    answered(response, opinion="Nuevo Nombre SAC", web=SITE, servicios="Mallas", tamano="micro")
    apply_response(response_id=response.pk)
    response.actor.refresh_from_db()
    assert response.actor.name == "Nuevo Nombre SAC"
    assert ActorName.objects.filter(actor=response.actor, text=old).exists()
    with pytest.raises(NotAllowed):
        take_back_response(by=UserFactory(), response=response)
    take_back_response(by=team, response=response)
    actor = response.actor
    actor.refresh_from_db()
    assert (actor.website, actor.size_band, actor.products.count()) == ("", "", 0)
    assert not Record.objects.filter(actor=actor).exists()
    with pytest.raises(WrongState):
        take_back_response(by=team, response=response)
    apply_response(response_id=response.pk)
    actor.refresh_from_db()
    assert actor.website == SITE


def test_regions_and_themes_are_taken_and_go_again(response, team):
    place, theme = PlaceFactory(name="Moquegua"), ThemeFactory(slug="agua")
    feed("opinion", "region", "region")
    feed("servicios", "themes", "themes")
    answered(response, opinion="Moquegua", servicios=["agua", "no-existe"])
    apply_response(response_id=response.pk)
    actor = response.actor
    actor.refresh_from_db()
    assert (actor.region, list(actor.themes.all())) == (place, [theme])
    take_back_response(by=team, response=response)
    actor.refresh_from_db()
    assert (actor.region, actor.themes.count()) == (None, 0)


def test_the_unfinished_and_the_set_aside_say_nothing(response):
    answered(response, state="started", web=SITE)
    assert apply_response(response_id=response.pk) is None
    answered(response, web=SITE)
    Response.objects.update(set_aside=True)
    assert apply_response(response_id=response.pk) is None
    assert not Record.objects.exists()


def test_after_a_merge_the_answers_of_both_are_heard_the_counted_ones_once(team):
    opened_wave(team, 2)
    one, two = Response.objects.order_by("pk")
    answered(one, web=SITE)
    apply_response(response_id=one.pk)
    merge_actors(by=team, keep=two.actor, gone=one.actor)
    two.actor.refresh_from_db()
    assert two.actor.website == SITE


def test_no_sheet_can_be_imported_as_answers(response, team):
    name = Wave.objects.get().source.name
    with pytest.raises(InvalidInput):
        register_sheets(
            by=team, source_name=name, licence="", file=None,
            sheets=[OfferedSheet("", 1, {})],
        )  # fmt: skip


def test_taking_answers_back_takes_what_they_brought_into_the_profile_too(response, client):
    answered(response, web=SITE, servicios="Voladura", opinion="Nuestra opinión")
    apply_response(response_id=response.pk)
    url = reverse("knowledge:survey_answer", args=[response_token(response_id=response.pk)])
    page = client.get(url, follow=True).content.decode()
    assert SITE in page and 'value="keep"' in page
    assert client.post(f"{url}no/").status_code == 302
    response.refresh_from_db()
    response.actor.refresh_from_db()
    assert (response.state, response.record, response.answers.count()) == ("refused", None, 0)
    assert response.actor.website == "" and not response.actor.products.exists()
    assert not Record.objects.filter(source=response.wave.source).exists()
    assert "Nuestra opinión" not in client.get(url, follow=True).content.decode()


def test_the_profile_may_keep_it_and_can_lose_it_later(response, client, team):
    answered(response, web=SITE)
    apply_response(response_id=response.pk)
    close_wave(by=team, wave=response.wave)
    url = reverse("knowledge:survey_answer", args=[response_token(response_id=response.pk)])
    client.post(f"{url}no/", {"profile": "keep"})
    response.actor.refresh_from_db()
    assert response.actor.website == SITE
    assert SITE in client.get(url).content.decode()
    assert client.post(f"{url}no/").status_code == 302
    response.actor.refresh_from_db()
    assert response.actor.website == ""
    assert client.post(f"{url}no/").status_code == 409


def test_answers_follow_a_merged_theme_and_come_back_with_it(response, team):
    copper, cobre = ThemeFactory(slug="copper"), ThemeFactory(slug="cobre")
    feed("servicios", "themes", "themes")
    answered(response, servicios=["copper"])
    apply_response(response_id=response.pk)
    merge_themes(by=team, theme=copper, into=cobre)
    response.refresh_from_db()
    assert counted_answers(responses=[response])[response.pk]["servicios"] == ["cobre"]
    assert list(response.actor.themes.all()) == [cobre]
    undo_theme_merge(by=team, step=ThemeMerge.objects.get())
    assert counted_answers(responses=[response])[response.pk]["servicios"] == ["copper"]
    merge_themes(by=team, theme=copper, into=cobre)
    take_back_response(by=team, response=response)
    assert not response.actor.themes.exists()


def test_a_theme_that_was_there_by_another_word_survives_merge_and_taking_back(response, team):
    copper, cobre = ThemeFactory(slug="copper"), ThemeFactory(slug="cobre")
    feed("servicios", "themes", "themes")
    response.actor.themes.add(cobre)
    answered(response, servicios=["copper"])
    apply_response(response_id=response.pk)
    merge_themes(by=team, theme=copper, into=cobre)
    take_back_response(by=team, response=response)
    assert list(response.actor.themes.all()) == [cobre]


def test_a_person_takes_along_what_surveys_hold_under_their_address_and_is_forgotten(
    response, team
):
    person = UserFactory(full_name="Elsa Quispe", email="elsa@empresa.example")
    Response.objects.update(email="ELSA@empresa.example", respondent="Elsa Quispe, gerente")
    answered(response, opinion="Lo que dijo Elsa")
    told = json.dumps(collect(person))
    assert "Lo que dijo Elsa" in told and "gerente" in told
    assert "Lo que dijo Elsa" not in json.dumps(collect(UserFactory()))
    forget(team, person)
    response.refresh_from_db()
    assert (response.email, response.respondent, response.answers.count()) == ("", "", 1)


def test_answers_are_read_again_by_the_next_job_of_resolution(team, response):
    for said in ("https://uno.example", "https://dos.example"):
        answered(response, web=said)
        Actor.objects.update(is_remembered=True)
        apply_response(response_id=response.pk)
        assert not_remembered() == [response.actor_id]
    Actor.objects.update(is_remembered=True)
    take_back_response(by=team, response=response)
    assert not_remembered() == [response.actor_id]
