import pytest
from django.urls import reverse
from django.utils import translation

from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.knowledge.actions.asking import ask
from minka.knowledge.actions.decision import Link
from minka.knowledge.actions.profile import describe_actor
from minka.knowledge.actions.resolution import resolve_actors
from minka.knowledge.actions.review import accept_above, answer_pair, take_back
from minka.knowledge.models import Actor, PairQuestion, ResolutionStep
from minka.knowledge.queries.questions import queue
from minka.knowledge.queries.review_figures import review_figures
from minka.knowledge.web.evidence import bars, reason
from tests.factories import ActorFactory, UserFactory
from tests.knowledge.resolution import everything, number, recorded
from tests.knowledge.sheets import RUCS, statements

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("careful")]

NAMES = ["Sumaq", "Illimani", "Pachatusan", "Waynapicchu", "Coropuna", "Ampato"]


@pytest.fixture
def pairs():
    """Pairs of equal names and nothing else: likely, not certain."""

    def make(count: int) -> list[PairQuestion]:
        actors = [
            recorded(f"Taller {name}{form}", activity="Metalmecánica")
            for name in NAMES[:count]
            for form in (" S.R.L.", "")
        ]
        resolve_actors(new=[actor.pk for actor in actors])
        PairQuestion.objects.update(asked_twice=False)
        return list(PairQuestion.objects.order_by("pk"))

    return make


def post(client, question, verdict, **data):
    url = reverse("knowledge:review_answer", args=[question.pk])
    return client.post(url, {"verdict": verdict, **data})


def test_the_same_joins_and_taking_back_restores_everything(team, pairs):
    (question,) = pairs(1)
    before = everything()
    answered = answer_pair(by=team, question=question, verdict="same")
    assert (answered.state, answered.step.by) == ("same", team)
    assert Actor.objects.filter(state="live").count() == 1
    assert take_back(by=team) == question
    question.refresh_from_db()
    assert (question.state, question.answers.count(), everything()) == ("waiting", 0, before)
    with pytest.raises(WrongState):
        take_back(by=team)


def test_an_answer_is_never_asked_again(team, pairs):
    first, second, third = pairs(3)
    for question, verdict in ((first, "different"), (second, "unsure"), (third, "same")):
        answer_pair(by=team, question=question, verdict=verdict)
    assert queue(viewer=team).shown == []
    everybody = list(Actor.objects.filter(state="live").values_list("pk", flat=True))
    assert resolve_actors(new=everybody) == {"joined": 0, "asked": 0}
    assert queue(viewer=team).waiting == 0


def test_what_follows_from_an_answer_is_not_asked(team):
    a, b, c = (recorded(f"Taller Sumaq{form}") for form in ("", " S.R.L.", " SRL"))
    resolve_actors(new=[a.pk, b.pk, c.pk])
    PairQuestion.objects.update(asked_twice=False)
    assert queue(viewer=team).waiting == 3
    pair = {(q.left_id, q.right_id): q for q in PairQuestion.objects.all()}
    answer_pair(by=team, question=pair[b.pk, c.pk], verdict="same")
    assert queue(viewer=team).waiting == 1  # a and b, a and c are one question now
    answer_pair(by=team, question=pair[a.pk, b.pk], verdict="different")
    assert queue(viewer=team).waiting == 0
    undone = take_back(by=team)
    assert (undone.pk, queue(viewer=team).waiting) == (pair[a.pk, b.pk].pk, 1)


def test_two_tax_ids_cannot_be_called_the_same(client, team, pairs):
    (question,) = pairs(1)
    number(question.left, RUCS[0])
    number(question.right, RUCS[1])
    client.force_login(team)
    answer = post(client, question, "same")
    assert answer.status_code == 302
    question.refresh_from_db()
    assert (question.state, question.answers.count()) == ("waiting", 0)
    assert RUCS[0] in client.get(reverse("knowledge:review")).content.decode()


def test_a_second_reader_changes_nothing_and_is_measured(team, pairs):
    PairQuestion.objects.all().delete()
    first, second = pairs(2)
    PairQuestion.objects.update(asked_twice=True)
    for question, verdict in ((first, "same"), (second, "different")):
        answer_pair(by=team, question=question, verdict=verdict)
    assert queue(viewer=team).waiting == 0
    other = UserFactory(is_staff=True)
    assert queue(viewer=other).waiting == 2
    before = everything()
    answer_pair(by=other, question=first, verdict="same")
    answer_pair(by=other, question=second, verdict="same")
    assert everything() == before
    figures = review_figures(viewer=team)
    assert (figures.read_twice, figures.agreed, figures.kappa) == (2, 1, 0)
    with pytest.raises(WrongState):
        answer_pair(by=other, question=first, verdict="different")
    assert take_back(by=other) == second
    assert everything() == before


def test_a_wrong_merge_found_in_the_sample_is_undone_and_counted(team):
    for n in range(6):
        same = {"email": [f"a@empresa{n}.example"]}
        for _twin in range(2):
            recorded(f"Empresa Singular{n}", **same)
    resolve_actors(new=list(Actor.objects.values_list("pk", flat=True)))
    question = PairQuestion.objects.filter(audit="joined").first()
    assert queue(viewer=team).waiting == PairQuestion.objects.count()
    answer_pair(by=team, question=question, verdict="different")
    question.left.refresh_from_db()
    question.right.refresh_from_db()
    assert question.left.state == question.right.state == "live"
    figures = review_figures(viewer=team)
    assert (figures.precision.value, figures.precision.of, figures.undone) == (0, 1, 1)


def test_many_are_accepted_at_once_and_each_can_be_undone(client, team, pairs):
    questions = pairs(4)
    answer_pair(by=team, question=questions[0], verdict="different")
    number(questions[1].left, RUCS[0])
    number(questions[1].right, RUCS[1])
    with pytest.raises(NotAllowed):
        accept_above(by=UserFactory(), probability=0.6)
    with pytest.raises(InvalidInput):
        accept_above(by=team, probability=0.2)
    client.force_login(team)
    url = reverse("knowledge:review_accept")
    page = client.get(url, {"desde": "60"}).content.decode()
    assert page.count('class="twins"') == 3
    assert client.post(url, {"desde": "60"}).status_code == 302
    states = list(PairQuestion.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["different", "waiting", "same", "same"]
    assert ResolutionStep.objects.filter(by=team).count() == 2
    assert client.post(url, {"desde": "20"}).status_code == 422


def test_the_page_shows_both_sides_why_and_what_differs(client, team, pairs):
    (question,) = pairs(1)
    client.force_login(team)
    page = client.get(reverse("knowledge:review")).content.decode()
    assert "nombres iguales sin la forma legal" in page.lower()
    assert "<mark> S.R.L.</mark>" in page
    for key in ("1 s", "2 d", "3 n", "u", "arrowleft", "arrowright"):
        assert f'data-key="{key}"' in page
    assert "<meter" in page or "<rect" in page
    answer = post(client, question, "different")
    assert answer.url == reverse("knowledge:review") + "?desde=0"
    assert client.post(reverse("knowledge:review_undo")).status_code == 302
    question.refresh_from_db()
    assert question.state == "waiting"


def test_a_fetched_answer_brings_the_next_pair_and_the_one_after(client, team, pairs):
    pairs(3)
    client.force_login(team)
    url = reverse("knowledge:review_answer", args=[queue(viewer=team).shown[0].pk])
    answer = client.post(url, {"verdict": "same"}, headers={"X-Requested-With": "fetch"})
    text = answer.content.decode()
    assert "<html" not in text
    assert text.count("data-pair=") == 2
    twice = client.post(url, {"verdict": "same"}, headers={"X-Requested-With": "fetch"})
    assert "data-pair=" in twice.content.decode()
    assert PairQuestion.objects.filter(state="same").count() == 1


def test_a_pair_costs_the_same_however_many_wait(client, team, pairs):
    client.force_login(team)
    pairs(2)
    url = reverse("knowledge:review")
    few = statements(client, url)
    pairs(6)
    assert statements(client, url) == few <= 10


def test_nobody_else_comes_in(client, pairs):
    (question,) = pairs(1)
    client.force_login(UserFactory())
    for name in ("review", "review_accept", "review_bands", "review_figures", "sources"):
        assert client.get(reverse(f"knowledge:{name}")).status_code == 403
    assert post(client, question, "same").status_code == 404
    assert client.post(reverse("knowledge:review_undo")).status_code == 403
    assert question.answers.count() == 0
    with pytest.raises(NotAllowed):
        answer_pair(by=UserFactory(), question=question, verdict="same")


def test_the_figures_say_what_they_rest_on(client, team, pairs):
    client.force_login(team)
    url = reverse("knowledge:review_figures")
    assert client.get(url).status_code == 200
    (question,) = pairs(1)
    answer_pair(by=team, question=question, verdict="same")
    assert client.get(url).status_code == 200


def test_the_reason_leaves_out_what_tells_nothing_or_contradicts_its_words():
    found = [
        {"comparison": "name", "level": "exact", "bits": 6.0},
        {"comparison": "rarity", "level": "same_3", "bits": -0.9},
        {"comparison": "place", "level": "near", "bits": 0.2},
        {"comparison": "rarity", "level": "common", "bits": -1.5},
    ]
    with translation.override("en"):
        said = reason(found)
    assert said == "Names equal without the legal form; but the words they share are common."
    assert len(bars(found)) == 2


def test_a_size_that_is_told_is_shown_in_words(client, team):
    actor = ActorFactory(size_band="")
    describe_actor(by=team, actor=actor, size_band="small", languages=[])
    page = client.get(actor.get_absolute_url())
    assert page.status_code == 200


def test_what_settles_most_pairs_is_asked_first(team):
    rows = [recorded(f"Empresa {n}") for n in range(4)]
    Actor.objects.filter(pk=rows[0].pk).update(record_count=5)
    links = [Link(rows[2].pk, rows[3].pk, 0.5, (2, 3)), Link(rows[0].pk, rows[1].pk, 0.4, (0, 1))]
    ask(links=links, evidence=[(), ()])
    shown = queue(viewer=team).shown
    assert [(one.left_id, one.gain) for one in shown] == [(rows[0].pk, 2.0), (rows[2].pk, 0.5)]
