import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from minka.core.models import LedgerEntry, RoleGrant
from minka.knowledge.actions.waves import close_wave
from minka.knowledge.models import Actor, AnonymousAnswer, Answer, Question, Response, Wave
from minka.knowledge.queries.survey_export import export_rows
from minka.knowledge.queries.survey_results import earlier_waves, wave_results
from tests.factories import ActorFactory, MembershipFactory, UserFactory
from tests.knowledge.wave_ground import answered, make_wave, opened_wave

pytestmark = pytest.mark.django_db


def question(team, wave, code, **how):
    (part,) = wave_results(viewer=team, wave=wave, **how)
    return next(one for one in part.results if one.question.code == code)


def fill(wave, numbers=(1, 2, 3, 6), marks=()):
    for number, one in zip(
        numbers, Response.objects.filter(wave=wave).order_by("pk"), strict=False
    ):
        size = "micro" if number < 3 else "small"
        answered(one, personas=number, tamano=size, opinion=f"Texto {number}")
    asked = wave.survey.questionnaires.get().questions.get(code="confianza")
    for mark in marks:
        AnonymousAnswer.objects.create(wave=wave, question=asked, value=mark)


@pytest.fixture
def wave(team):
    wave = opened_wave(team, 6)
    fill(wave)
    return wave


def test_numbers_have_median_mean_and_interval(wave, team):
    mean = question(team, wave, "personas").whole.mean
    assert (mean.n, mean.value, mean.middle) == (4, 3.0, 2.5)
    assert mean.low == pytest.approx(3 - 3.4370, abs=0.001)  # t = 3.1824, s = 2.1602
    assert mean.high == pytest.approx(3 + 3.4370, abs=0.001)


def test_choices_have_shares_with_intervals(wave, team):
    micro, small = question(team, wave, "tamano").whole.choices
    assert (micro.count, micro.share.value, small.label) == (2, 0.5, "Tamaño small")
    assert micro.share.low == pytest.approx(0.1500, abs=0.0001)


def test_texts_are_a_list_that_says_who(wave, team):
    texts = question(team, wave, "opinion").texts
    assert {one.text for one in texts} == {"Texto 1", "Texto 2", "Texto 3", "Texto 6"}
    assert all(one.public_id for one in texts)


def test_only_finished_and_counted_responses_are_in(wave, team):
    first, second = Response.objects.order_by("pk")[:2]
    Response.objects.filter(pk=first.pk).update(state="started", finished_at=None)
    Response.objects.filter(pk=second.pk).update(set_aside=True)
    assert question(team, wave, "personas").whole.n == 2


def test_groups_are_those_at_the_invitation(wave, team):
    first = Response.objects.order_by("pk").first()
    Response.objects.filter(pk=first.pk).update(group="university", region_name="Puno")
    groups = question(team, wave, "personas", by="group").groups
    assert [(label, one.n) for label, one in groups] == [("supplier", 3), ("university", 1)]
    assert question(team, wave, "personas", by="region_name").groups[1][0] == "Puno"


def test_an_earlier_wave_is_compared(wave, team):
    later = make_wave(team, wave.survey, name="Abril")
    Wave.objects.filter(pk=later.pk).update(state="open", source=None)
    later.refresh_from_db()
    response = Response.objects.first()
    new = Response.objects.create(
        wave=later, actor=ActorFactory(), questionnaire=response.questionnaire
    )
    answered(new, personas=9, tamano="micro")
    assert list(earlier_waves(viewer=team, wave=later)) == [wave]
    found = question(team, later, "personas", earlier=wave)
    assert (found.whole.mean.value, found.earlier.mean.value) == (9, 3.0)
    micro, _small = question(team, later, "tamano", earlier=wave).whole.choices
    assert (micro.share.value, micro.earlier.value) == (1.0, 0.5)


@pytest.mark.parametrize(("marks", "hidden"), [([4, 5, 5, 1], "few"), ([4, 5, 5, 1, 2], "")])
def test_below_five_anonymous_answers_nothing_is_shown_anywhere(team, client, marks, hidden):
    wave = opened_wave(team, 6)
    fill(wave, marks=marks)
    close_wave(by=team, wave=wave)
    found = question(team, wave, "confianza", by="group")
    assert (found.hidden, found.groups) == (hidden, [])
    assert found.whole.n == (0 if hidden else 5)
    _named, apart = export_rows(viewer=team, wave=wave)
    assert bool(apart) is not bool(hidden)
    client.force_login(team)
    url = reverse("knowledge:wave_results", args=[wave.survey.public_id, wave.pk])
    page = client.get(url, {"by": "group"}).content.decode()
    part = page[page.index("confianza?") : page.index("opinion?")]
    assert ("share-bar" in part) is not bool(hidden)


def test_while_answers_come_in_anonymous_ones_stay_hidden(team):
    wave = opened_wave(team, 6)
    fill(wave, marks=[1, 2, 3, 4, 5])
    found = question(team, wave, "confianza")
    assert (found.hidden, found.whole.n) == ("open", 0)
    assert export_rows(viewer=team, wave=wave)[1] == []


def test_anonymous_answers_lead_to_nobody(team):
    """Neither the rows, nor their keys, nor the tables that are taken along."""
    wave = opened_wave(team, 6)
    fill(wave, marks=[1, 2, 3, 4, 5])
    close_wave(by=team, wave=wave)
    fields = {field.name for field in AnonymousAnswer._meta.get_fields()}
    assert fields == {"id", "wave", "question", "value"}
    assert not Answer.objects.filter(question__is_anonymous=True).exists()
    named, apart = export_rows(viewer=team, wave=wave)
    assert "confianza" not in str(named)
    assert sorted(row[0] for row in apart[1:]) == [1, 2, 3, 4, 5]
    names = [row[1] for row in named[1:]]
    assert not any(name in str(apart) for name in names)
    orders = {tuple(row[0] for row in export_rows(viewer=team, wave=wave)[1][1:]) for _ in range(9)}
    assert len(orders) > 1


def test_nobody_but_the_team_reads_results(wave, client):
    auditor = UserFactory()
    RoleGrant.objects.create(user=auditor, role="auditor", granted_by=UserFactory(is_staff=True))
    speaks = MembershipFactory(actor=Response.objects.first().actor, role="representative").user
    for person in (UserFactory(), auditor, speaks):
        assert wave_results(viewer=person, wave=wave) == []
        assert export_rows(viewer=person, wave=wave) == ([], [])
        assert not earlier_waves(viewer=person, wave=wave).exists()


def test_the_results_are_taken_along_and_the_ledger_keeps_who(wave, client, team):
    first = Response.objects.order_by("pk").first()
    Answer.objects.filter(response=first, question__code="opinion").update(value="=1+1")
    client.force_login(team)
    args = [wave.survey.public_id, wave.pk]
    body = client.post(reverse("knowledge:wave_export", args=[*args, "csv"]))
    rows = list(csv.reader(io.StringIO(body.content.decode("utf-8-sig"))))
    assert len(rows) == 5 and "'=1+1" in rows[1]
    assert client.post(reverse("knowledge:wave_export", args=[*args, "xlsx"])).content[:2] == b"PK"
    assert client.post(reverse("knowledge:wave_export", args=[*args, "x"])).status_code == 404
    assert LedgerEntry.objects.filter(verb="knowledge.wave_export").count() == 2


def test_results_cost_the_same_for_ten_responses_and_a_thousand(team, client):
    client.force_login(team)
    counts = []
    for number in (10, 1000):
        wave = make_wave(team, name=f"De {number}")
        Wave.objects.filter(pk=wave.pk).update(state="closed")
        form = wave.survey.questionnaires.get()
        actors = Actor.objects.bulk_create(ActorFactory.build_batch(number))
        made = Response.objects.bulk_create(
            [
                Response(wave=wave, actor=one, questionnaire=form, state="finished",
                         finished_at=timezone.now(), group="supplier")
                for one in actors
            ]
        )  # fmt: skip
        asked = form.questions.get(code="personas")
        Answer.objects.bulk_create(
            [Answer(response=one, question=asked, value=n) for n, one in enumerate(made)]
        )
        url = reverse("knowledge:wave_results", args=[wave.survey.public_id, wave.pk])
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url, {"by": "group"}).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_years_are_shown_as_years_and_whole_answers_whole(team, client):
    wave = opened_wave(team, 3)
    Question.objects.filter(code="personas").update(feeds="founded_year")
    for response, year in zip(Response.objects.order_by("pk"), (1990, 1995, 2002), strict=True):
        answered(response, personas=year)
    url = reverse("knowledge:wave_results", args=[wave.survey.public_id, wave.pk])
    client.force_login(team)
    page = client.get(url).content.decode()
    assert ">1995<" in page and ">1996<" in page  # median and mean
    assert not re.search(r"\b1[,.]99\d|199\d\.\d", page)
    Question.objects.filter(code="personas").update(feeds="")
    page = client.get(url).content.decode()
    assert ">1,995<" in page and ">1,995.7<" in page
    named, _apart = export_rows(viewer=team, wave=wave)
    column = named[0].index("¿personas?")
    assert sorted(row[column] for row in named[1:]) == [1990, 1995, 2002]
