"""A competitor and the public try every door. The data that could leak is in place."""

import pytest
from django.urls import reverse

from minka.core.models import LedgerEntry, Notice
from minka.innovation.actions.challenges import draft_challenge, save_challenge
from minka.innovation.actions.challenges_publication import publish_challenge
from minka.innovation.actions.problems import submit_problem
from minka.innovation.actions.protection import choose_protection
from minka.innovation.actions.triage import ask_information
from minka.innovation.queries.challenges import search_challenges
from minka.innovation.queries.funnel import edition_funnel
from minka.innovation.queries.problems import search_problems, visible_problems
from minka.innovation.queries.work_problems import work_items
from tests.factories import (
    ActorFactory,
    MembershipFactory,
    ProblemFactory,
    RatingCriterionFactory,
    ThemeFactory,
    UserFactory,
)
from tests.innovation.challenge_stories import TEXTS, approve_all, whole
from tests.innovation.people import company, person_of, staff

pytestmark = pytest.mark.django_db

SECRETS = {
    "company": "Minera Quebrada Sillar S.A.",
    "site": "Unidad Kimsachata",
    "sponsor": "Gerencia de Planta Oriente",
    "cost_basis": "Balance confidencial de 2025",
    "tried": "Ensayamos el polímero ZX-900",
    "constraints_text": "El contrato vence en marzo",
    "success_measure": "Bajar a 3,1 paradas",
    "user_area": "Superintendencia de chancado",
}


@pytest.fixture
def problem():
    fields = {name: text for name, text in SECRETS.items() if name != "company"}
    return ProblemFactory(
        company=company(SECRETS["company"]),
        title="Se corta la faja de la Unidad Kimsachata",
        what_happens="En Quebrada Sillar la faja se corta dos veces al mes.",
        stage=ThemeFactory(),
        **fields,
    )


def rivals():
    rival = company("Minera Cerro Illari S.A.")
    supplier = MembershipFactory(actor=ActorFactory(), role="representative").user
    return [
        person_of(rival),
        person_of(rival, role="representative"),
        person_of(rival, role="member"),
        supplier,
        UserFactory(),
        UserFactory(roles=["evaluator"]),
        UserFactory(roles=["committee"]),
    ]


def shown(text):
    return [name for name, secret in SECRETS.items() if secret in text]


@pytest.mark.parametrize("state", ["draft", "submitted", "accepted", "shortlisted", "challenged"])
def test_no_rival_learns_that_a_problem_exists(client, problem, state):
    type(problem).objects.filter(pk=problem.pk).update(state=state)
    doors = ("problem", "problem_edit")
    for rival in rivals():
        assert not visible_problems(viewer=rival).exists()
        assert search_problems(viewer=rival, words="faja") == []
        assert not any(problem.title in item.title for item in work_items(viewer=rival))
        client.force_login(rival)
        for door in doors:
            assert client.get(reverse(f"innovation:{door}", args=[problem.pk])).status_code == 404
        for door in ("problem_autosave", "problem_submit", "triage"):
            page = client.post(reverse(f"innovation:{door}", args=[problem.pk]), {"title": "x"})
            assert page.status_code == 404
        listing = client.get(reverse("innovation:problems"), {"q": "faja"})
        assert "Kimsachata" not in listing.text and shown(listing.text) == []


def test_whoever_left_the_company_sees_it_no_more(problem):
    left = MembershipFactory(actor=problem.company, role="user_area", state="ended").user
    asked = MembershipFactory(actor=problem.company, role="user_area", state="requested").user
    assert not visible_problems(viewer=left) and not visible_problems(viewer=asked)


def test_a_representative_of_a_rival_rates_without_learning_whose_it_is(client, problem):
    criterion = RatingCriterionFactory()
    rival = person_of(company("Minera Cerro Illari S.A."), role="representative")
    client.force_login(rival)
    url = reverse("innovation:rating", args=[problem.pk])
    saved = client.post(
        reverse("innovation:rating_save", args=[problem.pk, criterion.pk]),
        {"points": 4},
        headers={"HX-Request": "true"},
    )
    for page in (client.get(reverse("innovation:ratings")), client.get(url), saved):
        assert page.status_code == 200
        assert shown(page.text) == []
        assert "Kimsachata" not in page.text and "Quebrada Sillar" not in page.text
    assert "faja" in client.get(url).text


def test_the_shortlist_and_the_preparation_are_closed_to_rivals(client, problem):
    for rival in rivals():
        client.force_login(rival)
        for name in ("shortlist", "challenges_draft", "rating_criteria", "editions"):
            assert client.get(reverse(f"innovation:{name}")).status_code == 403


def test_notices_go_to_the_company_and_the_team_only(problem):
    type(problem).objects.filter(pk=problem.pk).update(state="submitted")
    problem.refresh_from_db()
    people, team, own = rivals(), staff(), person_of(problem.company)
    ask_information(by=team, problem=problem, question="¿Cuánto cuesta?")
    submit_problem(by=own, problem=problem, answer="Mucho.")
    told = set(Notice.objects.values_list("recipient", flat=True))
    assert told == {team.pk, own.pk} and not told & {person.pk for person in people}


def test_the_ledger_keeps_no_words_of_a_problem(client, problem):
    type(problem).objects.filter(pk=problem.pk).update(state="submitted")
    problem.refresh_from_db()
    ask_information(by=staff(), problem=problem, question="¿Por qué el polímero ZX-900?")
    submit_problem(by=person_of(problem.company), problem=problem, answer="Por ZX-900.")
    data = " ".join(LedgerEntry.objects.values_list("data", flat=True))
    assert shown(data) == [] and "ZX-900" not in data and "faja" not in data
    client.force_login(rivals()[1])
    assert client.get(reverse("core:ledger")).status_code in {403, 404}
    client.force_login(UserFactory(roles=["auditor"]))
    assert shown(client.get(reverse("core:ledger")).text) == []


@pytest.fixture
def anonymous_challenge(problem):
    type(problem).objects.filter(pk=problem.pk).update(state="shortlisted")
    by = staff()
    draft = draft_challenge(by=by, problems=[problem])
    texts = {**TEXTS, "title_es": "Fajas que no se cortan"}
    draft = save_challenge(by=by, challenge=draft, revision=0, content=whole(texts=texts))
    choose_protection(by=by, challenge=draft, protection="access")
    approve_all(by, draft)
    return publish_challenge(by=by, challenge=draft)


def test_an_anonymous_challenge_leaks_its_company_nowhere(client, problem, anonymous_challenge):
    slug = anonymous_challenge.slug
    addresses = [
        reverse("innovation:challenges"),
        reverse("innovation:challenges") + "?q=Quebrada+Sillar",
        reverse("innovation:challenge", args=[slug]),
        reverse("innovation:challenge", args=[slug]) + "?lang=en",
        "/api/innovation/challenges",
        f"/api/innovation/challenges/{slug}",
        "/",
    ]
    for viewer in (None, *rivals()):
        client.logout()
        if viewer:
            client.force_login(viewer)
        for address in addresses:
            text = client.get(address).text.replace("Quebrada+Sillar", "")
            text = text.replace('value="Quebrada Sillar"', "")
            assert shown(text) == [], address
            assert problem.company.public_id not in text, address
            assert "Quebrada" not in text and "Kimsachata" not in text, address
    assert search_challenges(viewer=UserFactory(), words="Quebrada Sillar") == []


def test_a_challenge_that_names_its_company_does_so(client, anonymous_challenge):
    type(anonymous_challenge).objects.update(names_company=True)
    slug = anonymous_challenge.slug
    assert SECRETS["company"] in client.get(reverse("innovation:challenge", args=[slug])).text
    body = client.get(f"/api/innovation/challenges/{slug}").json()
    assert [found["name"] for found in body["companies"]] == [SECRETS["company"]]


def test_the_funnel_of_the_public_counts_only_what_is_public(problem, anonymous_challenge):
    ProblemFactory.create_batch(3, state="accepted")
    ProblemFactory(state="shortlisted")
    for viewer in rivals():
        funnel = edition_funnel(viewer=viewer)
        assert (funnel.problems, funnel.challenges) == (1, 1)
        assert (funnel.accepted, funnel.shortlisted, funnel.evaluated) == (None, None, None)
    team = edition_funnel(viewer=staff())
    assert (team.problems, team.accepted, team.shortlisted) == (5, 5, 2)
