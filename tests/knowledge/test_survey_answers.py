import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone, translation

from minka.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry
from minka.knowledge.actions.survey_answers import (
    begin_interview,
    finish_response,
    refuse_response,
    save_answers,
    take_up_again,
)
from minka.knowledge.models import AnonymousAnswer, Answer
from minka.knowledge.notices.surveys import response_token
from minka.knowledge.queries.surveys import counted_answers, saved_answers
from tests.factories import (
    ActorFactory,
    QuestionFactory,
    QuestionnaireFactory,
    ResponseFactory,
    UserFactory,
    WaveFactory,
)

pytestmark = pytest.mark.django_db
FETCH = {"headers": {"X-Requested-With": "fetch"}}


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["minka_language"] = "en"
    cache.clear()  # what counts how often somebody sends
    with translation.override("en"):
        yield


@pytest.fixture
def wave():
    """A survey that branches, with a second part and an anonymous one."""
    wave = WaveFactory()
    sheet = QuestionnaireFactory(survey=wave.survey)
    make = QuestionFactory
    make(questionnaire=sheet, code="exports", kind="yes_no", is_required=True)
    make(
        questionnaire=sheet,
        code="where",
        kind="some_of",
        choose=["cl", "us"],
        is_required=True,
        when=[("exports", "is", "yes")],
    )
    make(questionnaire=sheet, code="people", kind="whole_number", section_es="Dos", least=1)
    make(questionnaire=sheet, code="mood", kind="scale", is_anonymous=True, section_es="")
    make(questionnaire=sheet, code="wish", kind="long_text", is_anonymous=True, section_es="")
    wave.sheet = sheet
    return wave


@pytest.fixture
def response(wave):
    return ResponseFactory(
        wave=wave,
        questionnaire=wave.sheet,
        actor=ActorFactory(name="Aceros SAC", email="info@aceros.example", phone="+5154111222"),
    )


def shown(*codes):
    """What a page sends of the questions that it showed."""
    return {f"s_{code}": "1" for code in codes}


def save(response, revision=None, by=None, **raw):
    revision = response.revision if revision is None else revision
    return save_answers(by=by, response=response, revision=revision, raw=raw)


def page(name, response, *args):
    token = response_token(response_id=response.pk)
    return reverse(f"knowledge:survey_answer{name}", args=[token, *args])


def test_answers_are_saved_as_they_come_and_what_does_not_fit_is_named(response):
    saved = save(response, exports="yes", people="muchos")
    assert (saved.revision, set(saved.fields)) == (1, {"people"})
    assert saved_answers(response) == {"exports": "yes"}
    assert (response.state, response.way) == ("started", "link")
    assert save(response, exports="yes").revision == 1  # nothing new


def test_a_closed_branch_loses_nothing_and_does_not_count(response):
    save(response, exports="yes", where=["us"])
    save(response, exports="no")
    finish_response(by=None, response=response)
    assert saved_answers(response)["where"] == ["us"]
    assert counted_answers(responses=[response]) == {response.pk: {"exports": "no"}}
    take_up_again(by=None, response=response)
    save(response, exports="yes")
    finish_response(by=None, response=response)
    assert counted_answers(responses=[response])[response.pk]["where"] == ["us"]


def test_of_two_devices_the_second_is_told_but_only_of_the_same_question(response):
    first = response.revision
    save(response, revision=first, exports="yes")
    save(response, revision=first, people="12")  # another question, another page
    with pytest.raises(Conflict):
        save(response, revision=first, exports="no")
    with pytest.raises(Conflict):  # nor does an empty field of an old page wipe an answer
        save(response, revision=first, exports="")
    assert saved_answers(response) == {"exports": "yes", "people": 12}
    save(response, revision=first, exports="yes")  # a double click
    save(response, exports="no")
    assert saved_answers(response)["exports"] == "no"


def test_an_answer_is_taken_back_and_stays_taken_back_for_an_old_page(response):
    save(response, people="12")
    old = response.revision
    save(response, people="")
    with pytest.raises(Conflict):
        save(response, revision=old - 1, people="12")
    assert saved_answers(response) == {"people": ""}


def test_finishing_asks_for_what_is_compulsory_on_the_path_alone(response):
    with pytest.raises(InvalidInput) as caught:
        finish_response(by=None, response=response)
    assert set(caught.value.fields) == {"exports"}
    save(response, exports="yes")
    with pytest.raises(InvalidInput) as caught:
        finish_response(by=None, response=response)
    assert set(caught.value.fields) == {"where"}
    save(response, exports="no")
    done = finish_response(by=None, response=response)
    assert done.state == "finished" and done.finished_at
    assert finish_response(by=None, response=response).finished_at == done.finished_at
    with pytest.raises(WrongState):
        save(response, people="3")


def test_a_closed_wave_takes_nothing(response, wave):
    save(response, exports="no")
    wave.closes_at = timezone.now() - timedelta(seconds=1)
    wave.save()
    for act in (
        lambda: save(response, people="3"),
        lambda: finish_response(by=None, response=response),
        lambda: refuse_response(by=None, response=ResponseFactory(wave=wave)),
    ):
        with pytest.raises(WrongState):
            act()


def test_refusing_erases_what_was_answered_and_can_be_reconsidered(response):
    save(response, exports="yes")
    refuse_response(by=None, response=response)
    assert (response.state, Answer.objects.count()) == ("refused", 0)
    take_up_again(by=None, response=response)
    assert response.state == "started"
    finished = save(response, exports="no") and finish_response(by=None, response=response)
    refuse_response(by=None, response=finished)  # consent can be taken back at any time
    assert (finished.state, finished.finished_at, Answer.objects.count()) == ("refused", None, 0)
    with pytest.raises(WrongState):
        refuse_response(by=None, response=finished)


def test_answers_are_taken_back_after_the_wave_has_closed_too(response, wave):
    save(response, exports="no")
    finish_response(by=None, response=response)
    wave.closes_at = timezone.now() - timedelta(seconds=1)
    wave.save()
    with pytest.raises(NotAllowed):
        refuse_response(by=UserFactory(), response=response)
    refuse_response(by=None, response=response)
    assert (response.state, Answer.objects.count()) == ("refused", 0)


def test_no_stored_field_joins_an_anonymous_answer_to_its_giver(wave, response):
    others = [ResponseFactory(wave=wave, questionnaire=wave.sheet) for _n in range(3)]
    for n, one in enumerate([response, *others]):
        save(one, exports="no", mood="5")  # passed over: it is not sent while filling in
        assert not AnonymousAnswer.objects.filter(value=n + 1, question__code="mood").exists()
        finish_response(by=None, response=one, anonymous={"mood": str(n + 1), "wish": f"w{n}"})
    fields = {field.attname for field in AnonymousAnswer._meta.get_fields()}
    assert fields == {"id", "wave_id", "question_id", "value"}
    assert not Answer.objects.filter(question__is_anonymous=True).exists()
    told = "".join(str(one.data) for one in LedgerEntry.objects.all())
    ids = [str(pk) for pk in AnonymousAnswer.objects.values_list("pk", flat=True)]
    assert len(ids) == 8 and not any(pk in told or pk.replace("-", "") in told for pk in ids)
    values = AnonymousAnswer.objects.filter(question__code="mood").values_list("value", flat=True)
    assert sorted(values) == [1, 2, 3, 4]


def test_not_even_the_order_of_rows_tells_who_answered(wave, monkeypatch):
    """Each new answer changes places with a random one, so a row's age says nothing of it."""
    several = [ResponseFactory(wave=wave, questionnaire=wave.sheet) for _n in range(3)]
    eldest = []
    monkeypatch.setattr("secrets.choice", lambda keys: (eldest or keys)[0])
    for n, one in enumerate(several, start=1):
        save(one, exports="no")
        finish_response(by=None, response=one, anonymous={"mood": n})
        eldest = eldest or list(AnonymousAnswer.objects.values_list("pk", flat=True))
        assert AnonymousAnswer.objects.get(pk=eldest[0]).value == n
        values = AnonymousAnswer.objects.values_list("value", flat=True)
        assert sorted(values) == list(range(1, n + 1))


def test_anonymous_answers_are_sent_once(response):
    save(response, exports="no")
    finish_response(by=None, response=response, anonymous={"mood": "4"})
    finish_response(by=None, response=response, anonymous={"mood": "1"})
    take_up_again(by=None, response=response)
    finish_response(by=None, response=response, anonymous={"mood": "2"})
    assert list(AnonymousAnswer.objects.values_list("value", flat=True)) == [4]


def test_an_anonymous_answer_that_does_not_fit_leaves_all_as_it_was(response):
    save(response, exports="no")
    with pytest.raises(InvalidInput):
        finish_response(by=None, response=response, anonymous={"mood": "9", "wish": "x"})
    response.refresh_from_db()
    assert (response.state, AnonymousAnswer.objects.count()) == ("started", 0)


def test_an_interviewer_says_who_answers_and_the_ledger_keeps_that_they_looked(response, team):
    with pytest.raises(NotAllowed):
        begin_interview(by=UserFactory(), response=response, respondent="Ana")
    with pytest.raises(NotAllowed):
        save(response, by=UserFactory(), exports="no")
    with pytest.raises(InvalidInput):
        begin_interview(by=team, response=response, respondent=" ")
    begin_interview(by=team, response=response, respondent="Ana Quispe, gerenta")
    save(response, by=team, exports="no")
    response.refresh_from_db()
    assert (response.way, response.interviewer) == ("interviewer", team)
    assert response.respondent == "Ana Quispe, gerenta"
    assert LedgerEntry.objects.filter(verb="knowledge.response_open", by=team).count() == 1


def test_an_interviewer_sees_no_answer_before_saying_for_whom(client, response, team):
    save(response, people="777")
    client.force_login(team)
    address = [response.wave.survey.public_id, response.pk]
    for name in ("_review", "_last", "_thanks"):
        assert client.get(reverse(f"knowledge:interview{name}", args=address)).status_code == 302
    part = reverse("knowledge:interview_part", args=[*address, 2])
    assert client.get(part).status_code == 302
    door = reverse("knowledge:interview", args=address)
    assert "777" not in client.get(door).content.decode()
    client.post(door, {"respondent": "Ana"})
    assert "777" in client.get(part).content.decode()
    client.force_login(UserFactory())
    assert client.get(door).status_code == 403
    assert "777" not in client.get(part).content.decode()


def test_looking_changes_nothing_and_shows_no_data_of_the_map(client, response):
    text = client.get(page("", response)).content.decode()
    assert "Aceros SAC" in text
    for private in ("info@aceros.example", "+5154111222", response.actor.public_id):
        assert private not in text
    answer = client.get(page("_part", response, 1))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"
    response.refresh_from_db()
    assert (response.state, response.revision, response.started_at) == ("invited", 0, None)


@pytest.mark.parametrize("token", ["x", "MQ.abc", "1", "MQ"])
def test_a_forged_link_opens_nothing(client, response, token):
    address = reverse("knowledge:survey_answer_part", args=[token, 1])
    assert client.get(address).status_code == 404
    assert client.post(address, {**shown("exports"), "p_exports": "no"}).status_code == 404
    assert not Answer.objects.exists()


def test_the_token_of_a_confirmation_is_no_token_of_a_survey(client, response):
    from minka.knowledge.notices.letters import confirmation_token

    token = confirmation_token(confirmation_id=response.pk)
    assert client.get(reverse("knowledge:survey_answer", args=[token])).status_code == 404


def test_a_link_opens_the_own_answers_and_no_others(client, wave, response):
    other = ResponseFactory(wave=wave, questionnaire=wave.sheet)
    save(other, people="4242", exports="no")
    finish_response(by=None, response=other)
    save(response, exports="no")
    for name in ("", "_review", "_thanks", "_last"):
        assert "4242" not in client.get(page(name, response), follow=True).content.decode()
    client.post(page("_part", response, 2), {**shown("people"), "p_people": "1"})
    assert saved_answers(other)["people"] == 4242


def test_a_questionnaire_is_answered_page_by_page_without_scripts(client, response):
    first = page("_part", response, 1)
    opening = client.get(first).content.decode()
    assert 'name="s_exports" value="1">' in opening
    assert 'name="s_where" value="1" disabled>' in opening  # what “yes” opens, for scripts
    sent = {**shown("exports"), "p_exports": "yes", "revision": "0", "do": "next"}
    opened = client.post(first, sent)
    assert opened["Location"] == f"{first}#p_where"
    sent = {**shown("exports", "where"), "p_exports": "yes", "p_where": ["us"], "revision": "1"}
    onward = client.post(first, sent | {"do": "next"})
    assert onward["Location"] == page("_part", response, 2)
    wrong = client.post(onward["Location"], {**shown("people"), "p_people": "tres"})
    assert wrong.status_code == 422
    assert "tres" in wrong.content.decode()
    done = client.post(
        onward["Location"], {**shown("people"), "p_people": "3", "revision": "2", "do": "next"}
    )
    assert done["Location"] == page("_review", response)
    assert "Opción us" in client.get(done["Location"]).content.decode()
    assert client.post(done["Location"])["Location"] == page("_last", response)
    last = {**shown("mood", "wish"), "p_mood": "4", "p_wish": "pay sooner", "do": "finish"}
    thanks = client.post(page("_last", response), last, follow=True).content.decode()
    assert "Thank you" in thanks and "Opción us" in thanks
    assert "pay sooner" not in thanks
    assert AnonymousAnswer.objects.count() == 2
    assert client.get(first)["Location"] == page("_thanks", response)


def test_the_script_gets_its_answers_as_json(client, response):
    save_page = page("_save", response, 1)
    sent = {**shown("exports"), "p_exports": "no", "revision": "0"}
    answer = client.post(save_page, sent, **FETCH)
    assert (answer.status_code, answer.json()["revision"]) == (200, 1)
    stale = client.post(save_page, sent | {"p_exports": "yes"}, **FETCH)
    assert (stale.status_code, stale.json()["revision"]) == (409, 1)
    bad = client.post(page("_save", response, 2), {**shown("people"), "p_people": "x"}, **FETCH)
    assert set(bad.json()["fields"]) == {"p_people"}
    assert client.post(page("_save", response, 9), sent, **FETCH).status_code == 404


def test_an_old_page_shows_both_answers_and_saving_again_keeps_the_typed_one(client, response):
    save(response, exports="no")
    first = page("_part", response, 1)
    sent = {**shown("exports"), "p_exports": "yes", "revision": "0"}
    both = client.post(first, sent)
    assert both.status_code == 409
    assert "What the other device saved" in both.content.decode()
    client.post(first, sent | {"revision": "1"})
    assert saved_answers(response)["exports"] == "yes"


def test_the_language_changes_and_nothing_typed_is_lost(client, response):
    sent = {**shown("people"), "p_people": "tres", "revision": "0", "lang": "es"}
    answer = client.post(page("_part", response, 2), sent)
    text = answer.content.decode()
    assert 'value="tres"' in text and '<html lang="es"' in text
    assert answer.cookies["minka_language"].value == "es"


def test_the_language_of_the_anonymous_page_changes_without_keeping_anything(client, response):
    save(response, exports="no")
    sent = {**shown("mood", "wish"), "p_mood": "2", "p_wish": "pagar antes", "lang": "es"}
    text = client.post(page("_last", response), sent).content.decode()
    assert "pagar antes" in text and re.search(r'value="2"[^>]*checked', text)
    assert not AnonymousAnswer.objects.exists()
    response.refresh_from_db()
    assert response.state == "started"


def test_the_anonymous_part_can_be_left_out(client, response):
    save(response, exports="no")
    sent = {**shown("mood"), "p_mood": "2", "do": "skip"}
    client.post(page("_last", response), sent)
    response.refresh_from_db()
    assert (response.state, response.anonymous_sent) == ("finished", False)
    assert not AnonymousAnswer.objects.exists()


def test_a_script_finishes_without_leaving_the_page_when_the_link_is_lost(client, response):
    save(response, exports="no")
    sent = {**shown("mood", "wish"), "p_mood": "9", "do": "finish"}
    htmx = {"headers": {"HX-Request": "true"}}
    wrong = client.post(page("_last", response), sent, **htmx)
    assert wrong.status_code == 422
    assert wrong.content.decode().lstrip().startswith("<form")
    done = client.post(page("_last", response), sent | {"p_mood": "3"}, **htmx)
    assert (done.status_code, done["HX-Redirect"]) == (200, page("_thanks", response))


def test_a_wave_that_is_closed_says_so_kindly_and_shows_what_was_handed_in(client, wave, response):
    save(response, exports="no", people="33")
    finish_response(by=None, response=response)
    wave.state = "closed"
    wave.save()
    home = client.get(page("", response))
    assert home.status_code == 200
    assert "takes no answers at the moment" in home.content.decode()
    assert client.post(page("_part", response, 1), {**shown("exports")}).status_code == 409
    assert client.post(page("_again", response)).status_code == 409
    copy = client.get(page("_thanks", response)).content.decode()
    assert "33" in copy and "Change my answers" not in copy


def test_a_link_that_is_set_aside_takes_nothing(client, response):
    response.set_aside = True
    response.save()
    with pytest.raises(WrongState):
        save(response, exports="no")
    assert client.post(page("_part", response, 1), {**shown("exports")}).status_code == 409


def test_too_many_sendings_are_refused_for_a_minute(client, response, monkeypatch):
    monkeypatch.setattr("minka.knowledge.web.survey_sitting.SENDS_A_MINUTE", 2)
    sent = {**shown("exports"), "p_exports": "no", "revision": "0"}
    codes = [client.post(page("_save", response, 1), sent, **FETCH).status_code for _n in range(3)]
    assert codes == [200, 200, 429]


def test_a_questionnaire_may_be_anonymous_only(client):
    wave = WaveFactory()
    sheet = QuestionnaireFactory(survey=wave.survey)
    QuestionFactory(questionnaire=sheet, code="mood", kind="scale", is_anonymous=True)
    response = ResponseFactory(wave=wave, questionnaire=sheet)
    assert page("_last", response) in client.get(page("", response)).content.decode()
    client.post(page("_last", response), {**shown("mood"), "p_mood": "3", "do": "finish"})
    assert AnonymousAnswer.objects.get().value == 3


@pytest.mark.parametrize("rows", [1, 6])
def test_a_page_costs_the_same_for_one_question_or_six(
    client, response, rows, django_assert_max_num_queries
):
    for _n in range(rows):
        QuestionFactory(questionnaire=response.questionnaire, kind="one_of", choose=["a", "b"])
    with django_assert_max_num_queries(7):
        assert client.get(page("_part", response, 1)).status_code == 200
