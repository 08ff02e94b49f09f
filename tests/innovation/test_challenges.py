from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from minka.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry, Notice, StoredFile
from minka.innovation.actions.challenge_changes import change_challenge, extend_call
from minka.innovation.actions.challenge_documents import add_document
from minka.innovation.actions.challenges import (
    discard_challenge,
    draft_challenge,
    save_challenge,
)
from minka.innovation.actions.challenges_publication import publish_challenge
from minka.innovation.actions.presentations import Occasion, add_presentation
from minka.innovation.models import Call, Challenge
from minka.innovation.queries.challenges_checklist import checklist
from tests.factories import (
    CallFactory,
    ChallengeFactory,
    MembershipFactory,
    ProblemFactory,
    ProposalFactory,
    ThemeFactory,
    UserFactory,
)
from tests.innovation.challenge_stories import (
    ROWS,
    TEXTS,
    approve_all,
    drafted,
    paper,
    published,
    saved,
    whole,
)
from tests.innovation.people import company, person_of, staff

pytestmark = pytest.mark.django_db


def test_a_draft_takes_title_and_themes_and_covers_the_names():
    actor = company("Minera Quebrada Sillar S.A.")
    one = ProblemFactory(
        state="shortlisted", company=actor, title="Polvo en Quebrada Norte", site="Quebrada Norte"
    )
    two = ProblemFactory(state="shortlisted", company=actor)
    themes = [ThemeFactory(), ThemeFactory()]
    one.themes.add(themes[0])
    two.themes.add(*themes)
    challenge = draft_challenge(by=staff(), problems=[one, two])
    assert set(challenge.themes.all()) == set(themes)
    assert set(challenge.problems.all()) == {one, two}
    assert "Quebrada" not in challenge.title_es and "quebrada" not in challenge.slug


def test_only_shortlisted_problems_without_a_challenge_become_one():
    by, challenge = drafted()
    for problem in (challenge.problems.get(), ProblemFactory(state="accepted")):
        with pytest.raises(WrongState):
            draft_challenge(by=by, problems=[problem])
    with pytest.raises(InvalidInput):
        draft_challenge(by=by, problems=[])


def test_problems_of_companies_that_have_not_agreed_to_join_make_no_challenge():
    rivals = [company("Minera Uno S.A."), company("Minera Dos S.A.")]
    problems = [ProblemFactory(state="shortlisted", company=actor) for actor in rivals]
    with pytest.raises(InvalidInput):
        draft_challenge(by=staff(), problems=problems)
    assert not Challenge.objects.exists()


def test_only_the_team_writes_and_publishes():
    _by, challenge = saved()
    other = person_of(challenge.problems.get().company, role="representative")
    for act in (
        lambda: save_challenge(by=other, challenge=challenge, revision=1, content=whole()),
        lambda: publish_challenge(by=other, challenge=challenge),
        lambda: discard_challenge(by=other, challenge=challenge),
        lambda: draft_challenge(by=other, problems=[ProblemFactory(state="shortlisted")]),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_of_two_who_save_the_second_gets_a_conflict():
    by, challenge = saved()
    with pytest.raises(Conflict):
        save_challenge(
            by=by, challenge=challenge, revision=0, content=whole(texts={"title_es": "Z"})
        )
    assert Challenge.objects.get().title_es == TEXTS["title_es"]


def test_a_call_closes_after_it_opens():
    by, challenge = drafted()
    now = timezone.now()
    for dates in ({"opens_at": now, "closes_at": now}, {"opens_at": now, "closes_at": None}):
        with pytest.raises(InvalidInput) as caught:
            save_challenge(by=by, challenge=challenge, revision=0, content=whole(**dates))
        assert list(caught.value.fields) == ["closes_at"]


def test_publishing_says_everything_that_is_missing():
    by, challenge = drafted()
    challenge.criteria.all().delete()
    with pytest.raises(InvalidInput) as caught:
        publish_challenge(by=by, challenge=challenge)
    assert {"title_en", "summary_es", "summary_en", "criteria", "opens_at"} <= set(
        caught.value.fields
    )
    assert [check.is_done for check in checklist(challenge)].count(False) == 5


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"criteria": ROWS[:1]}, "criteria"),
        ({"criteria": [ROWS[0], ROWS[0]]}, "criteria"),
        ({"criteria": [ROWS[0], replace(ROWS[1], high_en="")]}, "criteria"),
        ({"questions_until": None}, "opens_at"),
        ({"texts": {**TEXTS, "terms_en": ""}}, "terms_en"),
        (
            {
                "opens_at": datetime(2020, 1, 1, tzinfo=UTC),
                "closes_at": datetime(2020, 2, 1, tzinfo=UTC),
                "questions_until": datetime(2020, 1, 5, tzinfo=UTC),
            },
            "opens_at",
        ),
    ],
)
def test_one_thing_missing_keeps_it_from_being_published(changes, field):
    by, challenge = saved(whole(**changes))
    with pytest.raises(InvalidInput) as caught:
        publish_challenge(by=by, challenge=challenge)
    assert set(caught.value.fields) == {field, "approvals"}


def test_an_anonymous_challenge_that_names_its_company_is_not_published():
    actor = company("Minera Quebrada Sillar S.A.")
    content = whole(texts={**TEXTS, "background_en": "At quebrada sillar the belt fails."})
    by, challenge = saved(content, company=actor)
    with pytest.raises(InvalidInput) as caught:
        publish_challenge(by=by, challenge=challenge)
    assert set(caught.value.fields) == {"background_en", "approvals"}
    _by, named = published(whole(texts=content.texts, names_company=True), company=actor)
    assert named.state == "published"


def test_nothing_that_everybody_reads_tells_whose_an_anonymous_challenge_is():
    by, challenge = published(company=company("Minera Quebrada Sillar S.A."))
    named = "Lo pidió Quebrada Sillar, por la parada de planta."
    later = challenge.call.closes_at + timedelta(days=3)
    occasion = Occasion("Feria Quebrada Sillar", challenge.call.closes_at.date())
    for act in (
        lambda: extend_call(by=by, challenge=challenge, closes_at=later, reason=named),
        lambda: add_presentation(by=by, challenge=challenge, occasion=occasion),
        lambda: add_document(by=by, challenge=challenge, document=paper(), reason=named),
    ):
        with pytest.raises(InvalidInput):
            act()
    assert Challenge.objects.get().call.closes_at == challenge.call.closes_at
    assert not StoredFile.objects.exists()


def test_a_call_that_would_close_in_another_decade_is_a_slip_of_the_pen():
    by, challenge = published()
    far = challenge.call.closes_at + timedelta(days=3650)
    with pytest.raises(InvalidInput) as caught:
        extend_call(by=by, challenge=challenge, closes_at=far, reason="Más plazo.")
    assert set(caught.value.fields) == {"closes_at"}


def test_the_days_after_the_closing_move_by_the_days_of_the_cluster():
    by, challenge = published()
    call, lima = challenge.call, timezone.get_default_timezone()
    evening = timezone.localtime(call.closes_at, lima).replace(hour=18, minute=0)
    Call.objects.filter(pk=call.pk).update(closes_at=evening)
    promised = call.evaluation_until
    later = evening.replace(hour=20)  # the same evening in Lima, the next day in UTC
    moved = extend_call(by=by, challenge=challenge, closes_at=later, reason="Dos horas más.")
    assert moved.evaluation_until == promised


def test_publishing_twice_says_that_it_is_public():
    by, challenge = published()
    with pytest.raises(WrongState, match="público"):
        publish_challenge(by=by, challenge=challenge)


def test_whoever_saves_second_sees_what_the_first_saved(client):
    by, challenge = saved()
    client.force_login(by)
    address = reverse("innovation:challenge_edit", args=[challenge.slug])
    posted = {"title_es": challenge.title_es, "criteria-TOTAL_FORMS": 0}
    posted |= {"criteria-INITIAL_FORMS": 0, "revision": challenge.revision}
    save_challenge(
        by=staff(),
        challenge=challenge,
        revision=challenge.revision,
        content=whole(texts={**TEXTS, "sought_es": "Lo que escribió la colega"}),
    )
    page = client.post(address, {**posted, "sought_es": "Lo que escribí yo"})
    text = page.content.decode()
    assert page.status_code == 409 and Challenge.objects.get().sought_es.endswith("colega")
    assert "<ins>" in text and "colega" in text and "Lo que escribí yo" in text


def test_publishing_happens_once_and_tells_the_company():
    by, challenge = saved()
    problem = challenge.problems.get()
    area = person_of(problem.company)
    approve_all(by, challenge)
    public = publish_challenge(by=by, challenge=challenge)
    problem.refresh_from_db()
    assert (public.state, problem.state) == ("published", "challenged")
    assert public.slug == "texto-de-title_es"
    assert Notice.objects.filter(recipient=area, kind="innovation.problem_challenged").exists()
    with pytest.raises((WrongState, InvalidInput)):
        publish_challenge(by=by, challenge=challenge)


def test_a_change_after_publication_does_not_give_the_company_away_either():
    by, challenge = published(company=company("Minera Quebrada Sillar S.A."))
    texts = {**TEXTS, "summary_es": "En Minera Quebrada Sillar pasa esto."}
    with pytest.raises(InvalidInput):
        change_challenge(
            by=by,
            challenge=challenge,
            revision=challenge.revision,
            content=whole(texts=texts),
            reason="Se precisa el resumen.",
        )
    assert Challenge.objects.get().summary_es == TEXTS["summary_es"]


def test_a_draft_can_be_discarded_and_its_problem_stays_shortlisted():
    by, challenge = saved()
    problem = challenge.problems.get()
    discard_challenge(by=by, challenge=challenge)
    problem.refresh_from_db()
    assert (Challenge.objects.count(), problem.state) == (0, "shortlisted")
    with pytest.raises(WrongState):
        discard_challenge(by=by, challenge=ChallengeFactory())


def test_more_time_is_told_to_those_who_write_and_to_nobody_else():
    challenge = ChallengeFactory()
    writes, gave_up = (
        ProposalFactory(challenge=challenge),
        ProposalFactory(challenge=challenge, state="withdrawn"),
    )
    member = MembershipFactory(actor=writes.lead).user
    outside = MembershipFactory(actor=gave_up.lead).user
    later = challenge.call.closes_at + timedelta(days=7)
    call = extend_call(by=staff(), challenge=challenge, closes_at=later, reason="Feriado largo.")
    assert call.closes_at == later
    assert "Feriado largo." in Notice.objects.get(recipient=member).body
    assert not Notice.objects.filter(recipient=outside).exists()
    assert LedgerEntry.objects.filter(verb="innovation.call_extend").exists()


def test_a_call_is_never_shortened_nor_opened_again():
    challenge = ChallengeFactory()
    sooner = challenge.call.closes_at - timedelta(days=1)
    with pytest.raises(InvalidInput) as caught:
        extend_call(by=staff(), challenge=challenge, closes_at=sooner, reason="")
    assert set(caught.value.fields) == {"closes_at", "reason"}
    closed = ChallengeFactory(call__phase="closed")
    with pytest.raises(WrongState):
        extend_call(
            by=staff(), challenge=closed, closes_at=timezone.now() + timedelta(days=9), reason="x"
        )


def test_dates_are_typed_in_the_clusters_zone_wherever_the_person_sits(client):
    by = staff(time_zone="Asia/Tokyo")
    challenge = draft_challenge(by=by, problems=[ProblemFactory(state="shortlisted")])
    client.force_login(by)
    url = reverse("innovation:challenge_edit", args=[challenge.slug])
    data = {
        "revision": 0,
        "title_es": "Polvo",
        "opens_at": "2030-01-01T09:00",
        "closes_at": "2030-02-01T17:00",
    }
    data |= {"criteria-TOTAL_FORMS": 0, "criteria-INITIAL_FORMS": 0}
    assert client.post(url, data).status_code == 302
    assert Challenge.objects.get().call.closes_at == datetime(2030, 2, 1, 22, tzinfo=UTC)
    assert 'value="2030-02-01T17:00"' in client.get(url).text


def test_a_stranger_reads_what_is_public_in_both_languages(client):
    challenge = ChallengeFactory(sought_es="Solo en español", sought_en="")
    url = reverse("innovation:challenge", args=[challenge.slug])
    spanish, english = client.get(url).text, client.get(url, {"lang": "en"}).text
    assert challenge.title_es in spanish and challenge.title_en in english
    assert 'lang="es"><p>Solo en español' in english.replace("lang=es", 'lang="es"').replace(
        "\n", ""
    )
    assert 'property="og:title"' in spanish
    assert reverse("innovation:proposal_start", args=[challenge.slug]) in spanish


@pytest.mark.parametrize("phase", ["upcoming", "closed"])
def test_one_takes_part_only_while_the_call_is_open(client, phase):
    challenge = ChallengeFactory(call__phase=phase)
    page = client.get(reverse("innovation:challenge", args=[challenge.slug]))
    assert reverse("innovation:proposal_start", args=[challenge.slug]) not in page.text


def test_a_draft_is_seen_by_the_team_and_by_nobody_else(client):
    challenge = ChallengeFactory(state="draft", title_es="Todavía secreto")
    url = reverse("innovation:challenge", args=[challenge.slug])
    assert client.get(url).status_code == 404
    assert "Todavía secreto" not in client.get(reverse("innovation:challenges")).text
    assert client.get(f"/api/innovation/challenges/{challenge.slug}").status_code == 404
    client.force_login(UserFactory())
    assert client.get(url).status_code == 404
    client.force_login(staff())
    assert "noindex" in client.get(url).text


def test_the_list_is_narrowed_by_phase_theme_and_words(client):
    theme = ThemeFactory()
    wanted = ChallengeFactory(title_es="Menos vibración en la faja")
    wanted.themes.add(theme)
    ChallengeFactory(title_es="Otra cosa", call__phase="closed")
    url = reverse("innovation:challenges")
    for query in ({"phase": "open"}, {"theme": theme.slug}, {"q": "VIBRACION faja"}):
        page = client.get(url, query).text
        assert "Menos vibración" in page and "Otra cosa" not in page


def test_open_calls_come_first_the_one_that_closes_soonest_on_top(client):
    now = timezone.now()
    late = ChallengeFactory(call=False)
    CallFactory(challenge=late, opens_at=now, closes_at=now + timedelta(days=20))
    closed = ChallengeFactory(call__phase="closed")
    soon = ChallengeFactory(call=False)
    CallFactory(challenge=soon, opens_at=now, closes_at=now + timedelta(days=2))
    slugs = [item["slug"] for item in client.get("/api/innovation/challenges").json()["items"]]
    assert slugs == [soon.slug, late.slug, closed.slug]


def test_the_api_gives_a_published_challenge_whole(client):
    challenge = ChallengeFactory()
    body = client.get(f"/api/innovation/challenges/{challenge.slug}").json()
    assert body["title"] == {"es": challenge.title_es, "en": challenge.title_en}
    assert (body["phase"], len(body["criteria"]), body["companies"]) == ("open", 2, [])
    narrowed = client.get("/api/innovation/challenges", {"phase": "closed"}).json()
    assert narrowed["count"] == 0


@pytest.mark.parametrize("rows", [1, 20])
def test_the_public_list_costs_the_same_for_one_row_or_many(
    client, rows, django_assert_max_num_queries
):
    cache.clear()  # the drawn list of another test costs less
    for challenge in ChallengeFactory.create_batch(rows):
        challenge.themes.add(ThemeFactory())
    with django_assert_max_num_queries(8) as captured:
        client.get(reverse("innovation:challenges"))
    assert len(captured) == COST.setdefault("list", len(captured))


@pytest.mark.parametrize("rows", [1, 8])
def test_the_drafts_cost_the_same_for_one_row_or_many(client, rows, django_assert_max_num_queries):
    by = staff()
    for problem in ProblemFactory.create_batch(rows, state="shortlisted"):
        draft_challenge(by=by, problems=[problem])
    client.force_login(by)
    with django_assert_max_num_queries(19) as captured:
        client.get(reverse("innovation:challenges_draft"))
    assert len(captured) == COST.setdefault("drafts", len(captured))


COST: dict[str, int] = {}


def test_what_is_not_there_is_answered_in_the_form_of_every_error(client):
    answer = client.get("/api/innovation/challenges/no-existe")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["code"] == "not_found"


def test_a_document_that_is_refused_keeps_its_titles_in_the_form(client):
    by, challenge = published()
    client.force_login(by)
    address = reverse("innovation:challenge_document_add", args=[challenge.slug])
    data = {"title_es": "Plano de la faja", "title_en": "Belt plan", "part": "public"}
    page = client.post(address, {**data, "upload": paper().upload, "reason": ""})
    text = page.content.decode()
    assert page.status_code == 422 and "Plano de la faja" in text and "Escriba el motivo" in text
    assert not challenge.documents.exists()
