"""Asking privately, answering in public, following; the clock and the limits."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from minka.core.delivery import deliver
from minka.core.errors import Conflict, InvalidInput, NotAllowed, TooOften, WrongState
from minka.core.models import LedgerEntry, Notice
from minka.innovation.actions.followers import follow_challenge, unfollow_challenge
from minka.innovation.actions.personal import forget
from minka.innovation.actions.proposals import start_proposal
from minka.innovation.actions.questions import (
    MOST_A_DAY,
    ask_question,
    asker_seal,
    decline_question,
    draft_answer,
    publish_question,
)
from minka.innovation.models import Call, ChallengeFollower, ChallengeQuestion
from minka.innovation.queries.questions import (
    followers_count,
    follows,
    published_questions,
    unanswered,
)
from minka.innovation.queries.work_problems import work_items
from tests.factories import (
    ActorFactory,
    ChallengeFactory,
    ChallengeQuestionFactory,
    MembershipFactory,
    ProblemFactory,
    ProposalFactory,
    UserFactory,
)
from tests.innovation.people import company, person_of, staff

pytestmark = pytest.mark.django_db

ASKED = "¿A qué altitud está la planta y con qué energía cuenta?"
WORDS = {
    "question_es": "¿A qué altitud está la planta?",
    "question_en": "How high is the plant?",
    "answer_es": "A 4 100 metros.",
    "answer_en": "At 4,100 metres.",
}


def stated(**kwargs):
    """A challenge of a company with a user area."""
    challenge = ChallengeFactory(**kwargs)
    problem = ProblemFactory(company=company(), state="challenged", site="", sponsor="")
    challenge.problems.set([problem])
    return challenge, person_of(problem.company)


def close_questions(challenge, **ago):
    at = timezone.now() - timedelta(**ago)
    Call.objects.filter(challenge=challenge).update(questions_until=at)


def test_a_question_goes_to_the_team_and_the_user_area_and_its_asker_follows():
    challenge, area = stated()
    team, asker = staff(), UserFactory()
    asked = ask_question(by=asker, challenge=challenge, text=ASKED)
    assert (asked.state, asked.number) == ("waiting", None)
    told = Notice.objects.filter(kind="innovation.question_asked")
    assert {one.recipient for one in told} >= {team, area}
    assert follows(viewer=asker, challenge=challenge)
    assert published_questions(challenge_id=challenge.pk) == []


def test_questions_close_before_the_call_and_the_words_stay_on_the_page(client):
    challenge, _area = stated()
    close_questions(challenge, seconds=1)
    asker = UserFactory()
    with pytest.raises(WrongState):
        ask_question(by=asker, challenge=challenge, text=ASKED)
    client.force_login(asker)
    page = client.post(reverse("innovation:questions", args=[challenge.slug]), {"text": ASKED})
    assert page.status_code == 409
    assert ASKED in page.content.decode()
    assert not ChallengeQuestion.objects.exists()


def test_without_a_date_of_its_own_questions_close_with_the_call():
    asker = UserFactory()
    for phase, taken in (("open", True), ("upcoming", True), ("closed", False)):
        challenge = ChallengeFactory(call__phase=phase)
        if taken:
            ask_question(by=asker, challenge=challenge, text=ASKED)
        else:
            with pytest.raises(WrongState):
                ask_question(by=asker, challenge=challenge, text=ASKED)


@pytest.mark.parametrize("state", ["draft", "decided"])
def test_only_published_challenges_take_questions(state):
    with pytest.raises(WrongState):
        ask_question(by=UserFactory(), challenge=ChallengeFactory(state=state), text=ASKED)


def test_those_who_answer_do_not_ask():
    challenge, area = stated()
    for by in (staff(), area):
        with pytest.raises(NotAllowed):
            ask_question(by=by, challenge=challenge, text=ASKED)


def test_a_person_asks_five_times_a_day_in_one_challenge_and_no_more():
    challenge, asker = ChallengeFactory(), UserFactory()
    for _time in range(MOST_A_DAY):
        ask_question(by=asker, challenge=challenge, text=ASKED)
    with pytest.raises(TooOften):
        ask_question(by=asker, challenge=challenge, text=ASKED)
    ask_question(by=UserFactory(), challenge=challenge, text=ASKED)
    ask_question(by=asker, challenge=ChallengeFactory(), text=ASKED)


@pytest.mark.parametrize("text", ["", "  ¿Y?  ", "x" * 4001])
def test_a_question_is_a_sentence_and_not_a_book(text):
    with pytest.raises(InvalidInput) as caught:
        ask_question(by=UserFactory(), challenge=ChallengeFactory(), text=text)
    assert list(caught.value.fields) == ["text"]


def test_the_user_area_drafts_answers_alone_and_the_team_publishes():
    challenge, area = stated()
    question = ChallengeQuestionFactory(challenge=challenge)
    draft_answer(by=area, question=question, revision=0, words=WORDS)
    assert (question.state, question.answer_es, question.question_es) == (
        "drafted",
        WORDS["answer_es"],
        "",
    )
    with pytest.raises(NotAllowed):
        publish_question(by=area, question=question, revision=1, words=WORDS)
    published = publish_question(by=staff(), question=question, revision=1, words=WORDS)
    assert (published.state, published.number) == ("published", 1)
    with pytest.raises(WrongState):
        publish_question(by=staff(), question=question, revision=2, words=WORDS)


def test_answers_are_numbered_in_the_order_they_are_published():
    challenge, team = ChallengeFactory(), staff()
    late, early = ChallengeQuestionFactory.create_batch(2, challenge=challenge)
    publish_question(by=team, question=early, revision=0, words=WORDS)
    publish_question(by=team, question=late, revision=0, words=WORDS)
    assert [one.number for one in published_questions(challenge_id=challenge.pk)] == [1, 2]
    assert (early.number, late.number) == (1, 2)


def test_question_and_answer_are_published_in_both_languages_or_not_at_all():
    question = ChallengeQuestionFactory()
    with pytest.raises(InvalidInput) as caught:
        publish_question(
            by=staff(), question=question, revision=0, words={**WORDS, "answer_en": " "}
        )
    assert list(caught.value.fields) == ["answer_en"]


@pytest.mark.parametrize(
    "hint",
    [
        "Aceros Titicaca",
        "ACEROS TITICACA S.A.C.",
        "ATI-Perú",
        "Rosaura Ccallo",
        "rosaura@acerostiticaca.pe",
        "acerostiticaca.pe",
    ],
)
@pytest.mark.parametrize("field", ["question_es", "answer_en"])
def test_what_would_tell_who_asked_is_not_published(hint, field):
    asker = UserFactory(full_name="Rosaura Ccallo Mamani", email="rosaura@acerostiticaca.pe")
    actor = ActorFactory(name="Aceros Titicaca S.A.C.")
    actor.other_names.create(text="ATI-Perú")
    MembershipFactory(user=asker, actor=actor)
    question = ChallengeQuestionFactory(asker=asker)
    words = {**WORDS, field: f"Como pregunta {hint}, la planta está en altura."}
    with pytest.raises(InvalidInput) as caught:
        publish_question(by=staff(), question=question, revision=0, words=words)
    assert list(caught.value.fields) == [field]


def test_an_answer_does_not_name_the_company_of_an_anonymous_challenge():
    challenge, _area = stated()
    question = ChallengeQuestionFactory(challenge=challenge)
    words = {**WORDS, "answer_es": "En la planta de Quebrada Sillar."}
    with pytest.raises(InvalidInput):
        publish_question(by=staff(), question=question, revision=0, words=words)
    challenge.names_company = True
    challenge.save()
    publish_question(by=staff(), question=question, revision=0, words=words)


def test_publishing_tells_the_asker_in_other_words_than_those_who_follow():
    challenge, asker = ChallengeFactory(), UserFactory()
    reader, silent = UserFactory(language="en"), UserFactory()
    for person in (reader, silent):
        follow_challenge(by=person, challenge=challenge)
    unfollow_challenge(by=silent, challenge=challenge)
    question = ask_question(by=asker, challenge=challenge, text=ASKED)
    publish_question(by=staff(), question=question, revision=0, words=WORDS)
    own = Notice.objects.get(recipient=asker)
    news = Notice.objects.get(recipient=reader)
    assert own.kind == "innovation.question_answered"
    assert WORDS["answer_es"] in own.body
    assert WORDS["answer_en"] in news.body
    assert news.url.endswith("#pregunta-1")
    assert not Notice.objects.filter(recipient=silent).exists()


def test_a_question_can_be_declined_with_a_reason_that_the_asker_alone_reads():
    challenge, asker = ChallengeFactory(), UserFactory()
    follower = UserFactory()
    follow_challenge(by=follower, challenge=challenge)
    question = ask_question(by=asker, challenge=challenge, text=ASKED)
    with pytest.raises(InvalidInput):
        decline_question(by=staff(), question=question, revision=0, reason=" ")
    decline_question(by=staff(), question=question, revision=0, reason="Ya está en el número 3.")
    assert "número 3" in Notice.objects.get(recipient=asker).body
    assert not Notice.objects.filter(recipient=follower).exists()
    with pytest.raises(WrongState):
        publish_question(by=staff(), question=question, revision=1, words=WORDS)


def test_of_two_who_save_the_second_gets_a_conflict_and_keeps_the_words(client):
    question = ChallengeQuestionFactory()
    draft_answer(by=staff(), question=question, revision=0, words=WORDS)
    with pytest.raises(Conflict):
        draft_answer(by=staff(), question=question, revision=0, words={"answer_es": "Otra cosa."})
    client.force_login(staff())
    address = reverse("innovation:question", args=[question.challenge.slug, question.pk])
    sent = {**WORDS, "answer_es": "Mi respuesta.", "revision": "0", "do": "keep"}
    page = client.post(address, sent)
    text = page.content.decode()
    assert page.status_code == 409
    assert "Mi respuesta." in text
    assert WORDS["answer_es"] in text
    assert 'name="revision" value="1"' in text


def test_team_and_user_area_are_led_to_what_waits_and_nobody_else():
    challenge, area = stated()
    asker = UserFactory()
    waiting = ChallengeQuestionFactory.create_batch(3, challenge=challenge, asker=asker)
    team = staff()
    assert [(one, n) for one, n in unanswered(viewer=team)] == [(challenge, 3)]
    assert "3 preguntas sin respuesta" in [one.detail for one in work_items(viewer=team)]
    draft_answer(by=area, question=waiting[0], revision=0, words=WORDS)
    assert [n for _one, n in unanswered(viewer=area)] == [2]
    assert [n for _one, n in unanswered(viewer=team)] == [3]
    assert unanswered(viewer=asker) == []
    rival = staff()
    MembershipFactory(user=rival, actor=ProposalFactory(challenge=challenge).lead)
    assert unanswered(viewer=rival) == []


def test_following_by_taking_part_never_overrules_a_wish_not_to_be_told():
    challenge, person = ChallengeFactory(), UserFactory()
    lead = MembershipFactory(user=person).actor
    start_proposal(by=person, challenge=challenge, lead=lead)
    assert follows(viewer=person, challenge=challenge)
    unfollow_challenge(by=person, challenge=challenge)
    ask_question(by=person, challenge=challenge, text=ASKED)
    assert not follows(viewer=person, challenge=challenge)
    follow_challenge(by=person, challenge=challenge)
    assert follows(viewer=person, challenge=challenge)
    assert followers_count(challenge=challenge) == 1


def test_a_letter_to_followers_is_ended_by_one_click_without_an_account(client):
    challenge, reader = ChallengeFactory(), UserFactory()
    follow_challenge(by=reader, challenge=challenge)
    question = ask_question(by=UserFactory(), challenge=challenge, text=ASKED)
    publish_question(by=staff(), question=question, revision=0, words=WORDS)
    deliver(notice_id=Notice.objects.get(recipient=reader).pk)
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = "/seguimientos/" + headers["List-Unsubscribe"].split("/seguimientos/")[1].strip(">")
    assert client.get(path).status_code == 200
    assert follows(viewer=reader, challenge=challenge)
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not follows(viewer=reader, challenge=challenge)
    assert client.get(path[:-3] + "xx/").status_code == 404


def test_a_draft_is_not_followed():
    with pytest.raises(WrongState):
        follow_challenge(by=UserFactory(), challenge=ChallengeFactory(state="draft"))


def test_the_ledger_proves_who_asked_and_tells_nobody():
    asker = UserFactory()
    question = ask_question(by=asker, challenge=ChallengeFactory(), text=ASKED)
    entry = LedgerEntry.objects.get(verb="innovation.question_ask")
    assert entry.by is None
    assert asker_seal(question) in entry.data
    question.asker = UserFactory()
    assert asker_seal(question) not in entry.data


def test_who_is_forgotten_follows_nothing_and_leaves_no_name_in_questions():
    person = UserFactory(full_name="Rosaura Ccallo Mamani")
    question = ChallengeQuestionFactory(asker=person, text="Soy Rosaura Ccallo, ¿qué altitud?")
    follow_challenge(by=person, challenge=question.challenge)
    forget(staff(), person)
    question.refresh_from_db()
    assert "Rosaura" not in question.text
    assert not ChallengeFollower.objects.exists()


@pytest.mark.parametrize("rows", [1, 8])
def test_pages_cost_the_same_for_one_question_or_many(client, rows, django_assert_max_num_queries):
    challenge, _area = stated()
    for number in range(rows):
        asker = MembershipFactory().user
        ChallengeQuestionFactory(challenge=challenge, asker=asker)
        ChallengeQuestionFactory(
            challenge=challenge, asker=asker, published=True, number=number + 1
        )
    client.force_login(staff())
    with django_assert_max_num_queries(20):
        client.get(reverse("innovation:questions", args=[challenge.slug]))
    client.logout()
    with django_assert_max_num_queries(20):
        page = client.get(reverse("innovation:challenge", args=[challenge.slug]))
    assert page.content.decode().count('class="answer"') == rows
