"""Who asked is not to be had by any door: page, API, feed, PDF, notice, letter, ledger."""

import pytest
from django.core import mail
from django.urls import reverse

from minka.core.delivery import deliver
from minka.core.models import LedgerEntry, Notice
from minka.innovation.actions.followers import follow_challenge
from minka.innovation.actions.questions import (
    ask_question,
    decline_question,
    draft_answer,
    publish_question,
)
from minka.innovation.queries.questions import visible_questions
from minka.innovation.queries.work_problems import work_items
from tests.factories import (
    ActorFactory,
    ChallengeFactory,
    MembershipFactory,
    ProblemFactory,
    ProposalFactory,
    UserFactory,
)
from tests.innovation.people import company, person_of, staff
from tests.innovation.test_questions import WORDS

pytestmark = pytest.mark.django_db

NAME, MAIL = "Rosaura Ccallo Mamani", "rosaura@acerostiticaca.pe"
FIRM = "Aceros Titicaca S.A.C."
ASKED = f"En {FIRM} ({MAIL}) usamos cromo: ¿qué altitud tiene la planta? Saludos, {NAME}."
REASON = "Porque Aceros Titicaca ya preguntó esto antes."
TELLING = ("Rosaura", "Ccallo", "Titicaca", "acerostiticaca")


@pytest.fixture
def story():
    """A challenge with one question published, one drafted, one waiting and one declined."""
    challenge = ChallengeFactory()
    problem = ProblemFactory(company=company(), state="challenged")
    challenge.problems.set([problem])
    asker = UserFactory(full_name=NAME, email=MAIL)
    MembershipFactory(user=asker, actor=ActorFactory(name=FIRM))
    people = {
        "area": person_of(problem.company),
        "competitor": person_of(company("Minera Otra"), role="representative"),
        "solver": MembershipFactory().user,
        "rival": MembershipFactory(actor=ProposalFactory(challenge=challenge).lead).user,
        "auditor": UserFactory(roles=["auditor"]),
        "committee": UserFactory(roles=["committee"]),
        "evaluator": UserFactory(roles=["evaluator"]),
    }
    people["team_of_rival"] = staff()
    MembershipFactory(user=people["team_of_rival"], actor=people["rival"].memberships.get().actor)
    for person in people.values():
        follow_challenge(by=person, challenge=challenge)
    asked = [ask_question(by=asker, challenge=challenge, text=ASKED) for _time in range(4)]
    team = staff()
    publish_question(by=team, question=asked[0], revision=0, words=WORDS)
    draft_answer(by=people["area"], question=asked[1], revision=0, words=WORDS)
    decline_question(by=team, question=asked[3], revision=0, reason=REASON)
    return challenge, asked, people, team, asker


def everything(client, person, challenge, asked):
    """Every page, file and answer that could speak of the questions, as one text."""
    client.logout()
    if person is not None:
        client.force_login(person)
    slug = challenge.slug
    addresses = [
        reverse("innovation:challenge", args=[slug]),
        reverse("innovation:challenges"),
        reverse("innovation:questions", args=[slug]),
        reverse("innovation:outreach", args=[slug]),
        reverse("innovation:challenge_news", args=[slug, "es"]),
        reverse("innovation:challenge_calendar", args=[slug, "es"]),
        reverse("innovation:challenges_news", args=["es"]),
        reverse("core:notices"),
        reverse("core:ledger"),
        reverse("portal:work"),
        reverse("portal:search") + "?q=altitud",
        f"/api/innovation/challenges/{slug}",
        f"/api/innovation/challenges/{slug}/questions",
        *(reverse("innovation:question", args=[slug, one.pk]) for one in asked),
    ]
    texts = [client.get(address).content.decode() for address in addresses]
    work = [f"{one.title} {one.detail}" for one in work_items(viewer=person)] if person else []
    return " ".join([*texts, *work])


def test_nobody_but_the_team_and_the_asker_learns_who_asked(client, story):
    challenge, asked, people, _team, _asker = story
    for role, person in {"stranger": None, **people}.items():
        seen = everything(client, person, challenge, asked)
        assert WORDS["answer_es"] in seen, role
        for word in TELLING:
            assert word not in seen, (role, word)


def test_the_team_and_the_asker_read_what_was_asked(client, story):
    challenge, asked, _people, team, asker = story
    assert NAME in everything(client, team, challenge, asked)
    assert "usamos cromo" in everything(client, asker, challenge, asked)


def test_the_user_area_reads_the_question_and_not_the_names(client, story):
    challenge, asked, people, _team, _asker = story
    seen = everything(client, people["area"], challenge, asked)
    assert "usamos cromo" in seen


def test_before_it_is_published_others_do_not_even_know_that_something_was_asked(client, story):
    challenge, asked, people, _team, _asker = story
    for role in ("competitor", "solver", "rival", "auditor", "evaluator", "team_of_rival"):
        assert list(visible_questions(viewer=people[role])) == []
        client.force_login(people[role])
        for one in asked:
            address = reverse("innovation:question", args=[challenge.slug, one.pk])
            assert client.get(address).status_code == 404
            assert client.post(address, {"do": "keep", "revision": "0"}).status_code == 404
    assert asked[3] not in visible_questions(viewer=people["area"])  # declined: between two


def test_notices_letters_and_the_ledger_do_not_tell_either(story):
    _challenge, _asked, _people, _team, asker = story
    for notice in Notice.objects.exclude(recipient=asker):
        assert not [word for word in TELLING if word in f"{notice.subject} {notice.body}"]
        deliver(notice_id=notice.pk)
    for letter in mail.outbox:
        source = letter.message().as_string()
        assert not [word for word in TELLING if word in source]
    entries = LedgerEntry.objects.filter(verb__startswith="innovation.question")
    assert entries.count() == 7
    for entry in entries:
        assert entry.by != asker
        assert not [word for word in TELLING if word in entry.data]
    own = {"innovation.question_ask", "innovation.challenge_follow"}
    assert not LedgerEntry.objects.filter(verb__in=own, by=asker).exists()
