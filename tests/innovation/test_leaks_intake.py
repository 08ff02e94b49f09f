"""Every page of the site is asked by everybody who must not learn of a problem.

In place are problems in every state before publication, a version, a comment, a question, a file,
an invitation, a workshop, a sheet and a proposal to join; each field holds a word of its own.
"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from minka.core.files import store_upload
from minka.core.models import LedgerEntry, Notice
from minka.innovation.actions.merging import propose_merge
from minka.innovation.actions.problem_drafts import add_card, keep_sheet, open_workshop
from minka.innovation.actions.problem_files import attach_to_problem
from minka.innovation.actions.problem_thread import comment_problem
from minka.innovation.actions.problems import submit_problem
from minka.innovation.actions.triage import ask_information
from minka.innovation.queries.demand import needs_of_problems
from minka.innovation.queries.work_problems import work_items
from tests.factories import ActorFactory, MembershipFactory, UserFactory
from tests.innovation.intake_stories import SECRETS, full_problem, guest_problem
from tests.innovation.people import company, person_of, staff

pytestmark = pytest.mark.django_db

SECRET = {
    *SECRETS.values(),
    "Comentariox", "Preguntax", "planox.pdf", "Tallerx", "hojax.csv", "Guestix", "Unionx",
    "jefa@mina.example",
}  # fmt: skip
QUERIES = ("portal:search", "portal:suggest", "innovation:challenges", "knowledge:directory",
           "innovation:problems", "knowledge:gaps")  # fmt: skip
API = ("/api/innovation/problems", "/api/innovation/problems?q=faja", "/api/innovation/challenges", "/api/innovation/challenges?q=faja", "/api/openapi.json",
       "/api/innovation/proposals", "/api/innovation/evaluations")  # fmt: skip


class Secrets:
    """Everything that could leak, and the values that addresses are made of."""

    def __init__(self):
        self.owner = company()
        self.by = person_of(self.owner)
        self.team = staff()
        self.problem = full_problem(company=self.owner, state="draft")
        upload = SimpleUploadedFile("planox.pdf", b"%PDF-1.7 plano", "application/pdf")
        attached = attach_to_problem(by=self.by, problem=self.problem, upload=upload)
        submit_problem(by=self.by, problem=self.problem)
        comment_problem(by=self.team, problem=self.problem, text="Comentariox")
        ask_information(by=self.team, problem=self.problem, question="Preguntax")
        full_problem(company=self.owner, state="draft")
        # what representatives see of it when they rate holds none of the words
        seen = {"title": "Calificable", "title_other": "", "what_happens": "Se califica."}
        rated = full_problem(company=self.owner, **seen)
        self.guest, invitation, self.token = guest_problem(of=self.owner, person="Guestix")
        shop = open_workshop(by=self.team, company=self.owner, user_area="Tallerx")
        card = add_card(by=self.team, workshop=shop, title="Tallerx").workshop_card
        rows = SimpleUploadedFile("hojax.csv", b"Problema\nHojax\n", "text/csv")
        stored = store_upload(by=self.by, upload=rows, kinds=("sheet",))
        keep_sheet(by=self.by, company=self.owner, stored=stored)
        other = full_problem(company=company("Aliada S.A."), **seen)
        propose_merge(by=self.team, problems=[rated, other], title="Unionx de fajas")
        self.values = {"pk": self.problem.pk, "number": 1, "uid": attached.file.uid,
                       "card_pk": card.pk, "criterion_pk": 1, "token": "forged.token",
                       "public_id": self.owner.public_id, "slug": "x"}  # fmt: skip
        assert invitation.problems.exists()


def addresses(values):
    """Yield the address of every page whose parts are known."""

    def walk(entries, spaces):
        for entry in entries:
            if isinstance(entry, URLResolver):
                inner = (*spaces, entry.namespace) if entry.namespace else spaces
                yield from walk(entry.url_patterns, inner)
            elif isinstance(entry, URLPattern) and entry.name:
                yield ":".join([*spaces, entry.name]), list(entry.pattern.converters)

    for name, parts in walk(get_resolver().url_patterns, ()):
        if name.startswith(("api-", "openid", "socialaccount", "mfa", "account_")):
            continue
        if parts and not name.startswith("innovation:"):
            continue
        if set(parts) <= set(values):
            try:
                yield name, reverse(name, kwargs={part: values[part] for part in parts})
            except NoReverseMatch:
                continue


def outsiders():
    rival = company("Minera Cerro Illari S.A.")
    return {
        "anonymous": None,
        "competitor's user area": person_of(rival),
        "competitor's representative": person_of(rival, role="representative"),
        "supplier": MembershipFactory(actor=ActorFactory(), role="representative").user,
        "evaluator": UserFactory(roles=["evaluator"]),
        "committee": UserFactory(roles=["committee"]),
        "auditor": UserFactory(roles=["auditor"]),
    }


@pytest.fixture
def secrets(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return Secrets()


def leaked(text):
    return sorted(word for word in SECRET if word in text)


def body(answer):
    """Return everything that is sent, streamed or not, and where it leads."""
    if getattr(answer, "streaming", False):
        text = b"".join(answer).decode("utf-8", "replace")  # which also closes the file
    else:
        text = answer.content.decode("utf-8", "replace")
    return text + answer.get("Location", "")


def test_no_page_tells_an_outsider_anything_and_none_can_do_anything(client, secrets):
    """One set of data for all: making it costs more than asking."""
    problems = type(secrets.problem).objects.order_by("pk")
    frozen = list(problems.values_list("pk", "state", "revision", "author"))
    everything = list(addresses(secrets.values))
    typed = {"title": "x", "text": "x", "revision": 0, "answer": "yes", "do": "save"}
    for who, person in outsiders().items():
        client.logout()
        if person:
            client.force_login(person)
        seen = 0
        for name, address in everything:
            answer = client.get(address)
            assert answer.status_code < 500, (who, name)
            assert leaked(body(answer)) == [], (who, name)
            seen += answer.status_code == 200
            if "/problemas/" in address or "/plantear/" in address:
                answer = client.post(address, typed)
                assert answer.status_code in {302, 403, 404, 405, 422, 429}, (who, name)
                assert leaked(body(answer)) == [], (who, name)
        for name in QUERIES:
            assert leaked(body(client.get(reverse(name), {"q": "faja"}))) == [], (who, name)
        for address in (*API, f"/api/innovation/problems/{secrets.problem.pk}"):
            assert leaked(body(client.get(address))) == [], (who, address)
        assert seen > 10, who
    assert list(problems.values_list("pk", "state", "revision", "author")) == frozen


def test_notices_work_lists_and_gaps_tell_outsiders_nothing(secrets):
    people = {name: one for name, one in outsiders().items() if one is not None}
    for name, person in people.items():
        assert not Notice.objects.filter(recipient=person).exists(), name
        assert list(needs_of_problems(person)) == [], name
        items = work_items(viewer=person)
        assert leaked(" ".join(f"{one.title} {one.detail}" for one in items)) == [], name
    assert list(needs_of_problems(secrets.by)) and list(needs_of_problems(secrets.team))


def test_the_ledger_holds_no_word_of_anything(secrets):
    data = " ".join(LedgerEntry.objects.values_list("data", flat=True))
    assert leaked(data) == [] and secrets.token not in data
