from decimal import Decimal

import pytest
from django.urls import reverse

from minka.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry
from minka.knowledge.actions.survey_design import (
    back_to_draft,
    change_survey,
    copy_survey,
    create_survey,
    mark_ready,
    retire_survey,
    save_questionnaire,
)
from minka.knowledge.actions.survey_questions import (
    ConditionDraft,
    OptionDraft,
    move_question,
    remove_question,
    save_question,
)
from minka.knowledge.models import Question, Survey
from minka.knowledge.queries.survey_faults import lacks_english, survey_faults
from minka.knowledge.queries.survey_words import FEEDS
from minka.knowledge.queries.surveys import layout_of, surveys_with_counts
from minka.knowledge.sources.mapping_survey import create_mapping_survey
from tests.factories import (
    QuestionFactory,
    QuestionnaireFactory,
    ResponseFactory,
    SurveyFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
WORDS = {"title_es": "Mapeo", "purpose_es": "Conocernos"}
CHOICES = [OptionDraft("Sí, claro"), OptionDraft("No")]


def ask(team, questionnaire, **values):
    options = values.pop("options", [])
    conditions = values.pop("conditions", [])
    question = values.pop("question", None)
    return save_question(
        by=team,
        questionnaire=questionnaire,
        revision=questionnaire.survey.revision,
        values={"text_es": "¿Exporta?", "kind": "yes_no"} | values,
        options=options,
        conditions=conditions,
        question=question,
    )


@pytest.fixture
def sheet(team):
    survey = create_survey(by=team, values=WORDS)
    return save_questionnaire(by=team, survey=survey, revision=0, values={"title_es": "Todas"})


def test_only_the_team_writes_surveys(sheet):
    outsider = UserFactory()
    for act in (
        lambda: create_survey(by=outsider, values=WORDS),
        lambda: copy_survey(by=outsider, survey=sheet.survey),
        lambda: mark_ready(by=outsider, survey=sheet.survey),
        lambda: ask(outsider, sheet),
        lambda: create_mapping_survey(by=outsider),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert not surveys_with_counts(viewer=outsider).exists()
    assert Survey.objects.count() == 1


def test_a_survey_says_what_it_is_for(team):
    with pytest.raises(InvalidInput) as caught:
        create_survey(by=team, values={"title_es": "Mapeo"})
    assert set(caught.value.fields) == {"purpose_es"}


def test_the_second_of_two_editors_is_told(sheet, team):
    survey = sheet.survey
    seen = survey.revision
    change_survey(by=team, survey=survey, revision=seen, values=WORDS | {"title_es": "Uno"})
    with pytest.raises(Conflict):
        change_survey(by=team, survey=survey, revision=seen, values=WORDS | {"title_es": "Dos"})
    assert Survey.objects.get().title_es == "Uno"


def test_a_type_of_organisation_has_one_questionnaire(sheet, team):
    def add(kinds):
        values = {"title_es": "Otro", "kinds": kinds}
        revision = sheet.survey.revision
        return save_questionnaire(by=team, survey=sheet.survey, revision=revision, values=values)

    add(["supplier"])
    with pytest.raises(InvalidInput):
        add([])  # there is one for all others
    sheet.survey.refresh_from_db()
    with pytest.raises(InvalidInput):
        add(["supplier", "university"])


def test_questions_get_short_names_and_answers_of_their_own(sheet, team):
    first = ask(team, sheet, text_es="¿Qué vende?", kind="one_of", options=CHOICES)
    again = ask(team, sheet, text_es="¿Qué vende?", kind="one_of", options=CHOICES)
    assert (first.code, again.code) == ("que_vende", "que_vende_2")
    assert [one.code for one in first.options.all()] == ["si_claro", "no"]
    with pytest.raises(InvalidInput):
        ask(team, sheet, code="que_vende")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text_es": " "}, "text_es"),
        ({"kind": "rumour"}, "kind"),
        ({"kind": "yes_no", "feeds": "email"}, "feeds"),
        ({"kind": "email", "feeds": "email", "is_anonymous": True}, "feeds"),
        ({"is_anonymous": True, "is_required": True}, "is_required"),
        ({"kind": "number", "least": Decimal(5), "most": Decimal(1)}, "most"),
        ({"kind": "one_of", "options": [OptionDraft("", "only English")]}, "options"),
    ],
)
def test_what_does_not_go_together_is_refused(sheet, team, values, field):
    with pytest.raises(InvalidInput) as caught:
        ask(team, sheet, **values)
    assert set(caught.value.fields) == {field}
    assert not Question.objects.exists()


def test_conditions_look_back_and_never_from_named_to_anonymous(sheet, team):
    ask(team, sheet, text_es="Abierta", code="open")
    hidden = ask(team, sheet, text_es="Anónima", code="hidden", is_anonymous=True)
    for on in ("hidden", "later", "own"):
        with pytest.raises(InvalidInput):
            ask(team, sheet, code="own", conditions=[ConditionDraft(on, "is", "yes")])
        sheet.survey.refresh_from_db()
    with pytest.raises(InvalidInput):
        ask(team, sheet, is_anonymous=True, conditions=[ConditionDraft("open", "is", "yes")])
    sheet.survey.refresh_from_db()
    ask(team, sheet, is_anonymous=True, conditions=[ConditionDraft("hidden", "is", "yes")])
    with pytest.raises(InvalidInput):  # and what others depend on does not change sides
        ask(team, sheet, text_es="Anónima", is_anonymous=False, question=hidden)


def test_what_another_question_depends_on_is_not_taken_out(sheet, team):
    first = ask(team, sheet, code="sells", kind="one_of", options=CHOICES)
    ask(team, sheet, conditions=[ConditionDraft("sells", "is", "no")])
    with pytest.raises(InvalidInput):
        remove_question(by=team, question=first, revision=sheet.survey.revision)
    sheet.survey.refresh_from_db()
    with pytest.raises(InvalidInput):
        ask(team, sheet, kind="one_of", options=CHOICES[:1], question=first)
    assert first.options.count() == 2


def test_a_question_that_was_moved_before_its_condition_keeps_the_survey_from_being_ready(
    sheet, team
):
    ask(team, sheet, code="first")
    second = ask(team, sheet, code="second", conditions=[ConditionDraft("first", "is", "yes")])
    second.questionnaire = sheet
    assert survey_faults(sheet.survey) == []
    move_question(by=team, question=second, revision=sheet.survey.revision, up=True)
    assert [one.code for one in layout_of(sheet).questions] == ["second", "first"]
    with pytest.raises(InvalidInput):
        mark_ready(by=team, survey=sheet.survey)


def test_a_choice_needs_something_to_choose_from(sheet, team):
    ask(team, sheet, kind="one_of", options=CHOICES[:1])
    assert len(survey_faults(sheet.survey)) == 1
    assert survey_faults(SurveyFactory())


def test_what_was_asked_keeps_its_structure_and_corrects_its_words(sheet, team):
    question = ask(team, sheet, code="sells", kind="one_of", options=CHOICES)
    mark_ready(by=team, survey=sheet.survey)
    ResponseFactory(wave__survey=sheet.survey, questionnaire=sheet)
    with pytest.raises(WrongState):
        back_to_draft(by=team, survey=sheet.survey)
    with pytest.raises(WrongState):
        ask(team, sheet)
    with pytest.raises(WrongState):
        remove_question(by=team, question=question, revision=sheet.survey.revision)
    words = [OptionDraft("Sí, por supuesto", code="si_claro"), OptionDraft("Tal vez")]
    ask(team, sheet, text_es="¿Vende?", kind="number", options=words, question=question)
    question.refresh_from_db()
    assert (question.text_es, question.kind) == ("¿Vende?", "one_of")
    assert [one.text_es for one in question.options.all()] == ["Sí, por supuesto", "No"]


def test_ready_goes_back_to_draft_while_nobody_was_asked(sheet, team):
    ask(team, sheet)
    mark_ready(by=team, survey=sheet.survey)
    with pytest.raises(WrongState):
        mark_ready(by=team, survey=sheet.survey)
    back_to_draft(by=team, survey=sheet.survey)
    mark_ready(by=team, survey=sheet.survey)
    retire_survey(by=team, survey=sheet.survey)
    with pytest.raises(WrongState):
        change_survey(by=team, survey=sheet.survey, revision=sheet.survey.revision, values=WORDS)
    assert mark_ready(by=team, survey=sheet.survey).state == "ready"


def test_a_copy_asks_the_same_and_has_no_wave(sheet, team):
    ask(team, sheet, code="sells", kind="one_of", options=CHOICES)
    ask(team, sheet, code="why", conditions=[ConditionDraft("sells", "is", "no")])
    mark_ready(by=team, survey=sheet.survey)
    ResponseFactory(wave__survey=sheet.survey, questionnaire=sheet)
    made = copy_survey(by=team, survey=sheet.survey)
    assert (made.state, made.waves.count(), made.revision) == ("draft", 0, 0)
    assert layout_of(made.questionnaires.get()).items == layout_of(sheet).items
    assert made.questionnaires.get().questions.last().conditions.get().on.questionnaire != sheet


def test_the_mapping_questionnaire_is_complete_in_both_languages_and_branches(team):
    survey = create_mapping_survey(by=team)
    assert survey_faults(survey) == []
    layouts = [layout_of(one) for one in survey.questionnaires.all()]
    assert len(layouts) == 4
    for layout in layouts:
        assert lacks_english(layout) == []
        assert len(layout.anonymous) >= 4
        assert sum(bool(item.when) for item in layout.named_items) >= 3
        assert all(q.feeds == "" or q.kind in FEEDS[q.feeds] for q in layout.questions)
        assert all(part.title_es and part.title_en for part in layout.parts)
    assert mark_ready(by=team, survey=survey).state == "ready"
    assert LedgerEntry.objects.filter(verb="knowledge.survey_create").count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_survey_or_three(
    client, team, rows, django_assert_max_num_queries
):
    for _n in range(rows):
        QuestionFactory(questionnaire__survey=SurveyFactory(created_by=team))
    client.force_login(team)
    with django_assert_max_num_queries(7):
        page = client.get(reverse("knowledge:surveys"))
    assert page.content.decode().count('class="row-title"') == rows


def test_strangers_find_no_survey(client):
    sheet = QuestionFactory().questionnaire
    address = [sheet.survey.public_id]
    pages = [
        reverse("knowledge:surveys"),
        reverse("knowledge:survey", args=address),
        reverse("knowledge:survey_edit", args=address),
        reverse("knowledge:questionnaire", args=[*address, sheet.pk]),
        reverse("knowledge:questionnaire_preview", args=[*address, sheet.pk]),
        reverse("knowledge:question_new", args=[*address, sheet.pk]),
    ]
    client.force_login(UserFactory())
    for page in pages:
        answer = client.get(page)
        assert answer.status_code in {403, 404}, page
        assert sheet.survey.title_es not in answer.content.decode()
    assert client.post(reverse("knowledge:survey_template")).status_code == 403
    assert Survey.objects.count() == 1


def test_a_question_is_written_on_its_page_with_answers_and_a_condition(client, team, sheet):
    ask(team, sheet, code="exports")
    client.force_login(team)
    page = reverse("knowledge:question_new", args=[sheet.survey.public_id, sheet.pk])
    assert "exports:yes" in client.get(page).content.decode()
    form = {
        "revision": sheet.survey.revision,
        "text_es": "¿Qué vende?",
        "kind": "some_of",
        "most": "2",
        "options_rows": 2,
        "o0-text_es": "Equipos",
        "o1-text_es": "Nada",
        "o1-excludes_others": "on",
        "conditions_rows": 1,
        "c0-on": "exports:yes",
        "c0-test": "is",
    }
    more = client.post(page, form | {"do": "more"})
    assert (more.status_code, more.content.decode().count("-text_es")) >= (200, 7)
    assert client.post(page, form).status_code == 302
    item = layout_of(sheet).items[-1]
    assert (item.options, item.alone, item.most) == (("equipos", "nada"), {"nada"}, 2)
    assert item.when[0].on == "exports"
    stale = client.post(page, form)
    assert stale.status_code == 422
    assert "¿Qué vende?" in stale.content.decode()
    assert client.post(page, form | {"revision": sheet.survey.revision + 1}).status_code == 302


def test_the_preview_branches_in_both_languages_and_saves_nothing(client, team, sheet):
    ask(team, sheet, code="exports", text_en="Do you export?")
    ask(
        team,
        sheet,
        text_es="¿A dónde?",
        text_en="Where to?",
        section_es="Otra",
        kind="short_text",
        conditions=[ConditionDraft("exports", "is", "yes")],
    )
    client.force_login(team)
    page = reverse("knowledge:questionnaire_preview", args=[sheet.survey.public_id, sheet.pk])
    assert "Do you export?" in client.get(page, {"idioma": "en"}).content.decode()
    tried = {"parte": "1", "do": "next", "s_exports": "1", "idioma": "en"}
    assert "Where to?" in client.get(page, tried | {"p_exports": "yes"}).content.decode()
    assert "Where to?" not in client.get(page, tried | {"p_exports": "no"}).content.decode()


def test_a_stranger_to_the_survey_s_questionnaire_is_not_found(client, team, sheet):
    other = QuestionnaireFactory()
    client.force_login(team)
    mixed = reverse("knowledge:questionnaire", args=[sheet.survey.public_id, other.pk])
    assert client.get(mixed).status_code == 404
