"""Nothing of an evaluation reaches whoever may not know it: page, API, file, notice, search, mail."""

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.core.ledger_veil import Cover
from minka.core.models import LedgerEntry, Notice
from minka.innovation.actions.assignments import assign_evaluators
from minka.innovation.actions.decisions import release_decisions, save_decision
from minka.innovation.actions.evaluations import declare_no_conflict
from minka.innovation.actions.inquiries import ask_solver, forward_inquiry
from minka.innovation.actions.private_notes import save_note
from minka.innovation.actions.redactions import add_redacted_file, confirm_copy, save_copy
from minka.innovation.actions.reminders import remind
from minka.innovation.models import Attachment, EvaluationTerms, Interest, RedactedCopy
from minka.innovation.queries.inquiries import inquiries_to_handle
from minka.innovation.queries.progress import progress_of
from minka.innovation.queries.redactions import texts_of
from minka.innovation.queries.veils import acts_of_evaluations
from tests.factories import ActorFactory, MembershipFactory, StoredFileFactory, UserFactory
from tests.innovation.scoring_stories import evaluator, gated_challenge, redacted
from tests.innovation.stories import (
    assigned,
    closed_challenge,
    decided,
    discussed,
    member_of,
    scored,
    staff,
)

pytestmark = pytest.mark.django_db
SECRET = "El ensayo de Cuajone no prueba nada"
JUDGE = "Eulalia Chuquimamani"


def pages_of(challenge, proposal, *assignments):
    """Every address on which something of an evaluation stands."""
    one = [challenge.slug]
    names = ("challenge", "assignments", "assignment_plan", "ranking", "progress", "inquiries")
    addresses = [reverse(f"innovation:{name}", args=one) for name in (*names, "evaluation_terms")]
    addresses += [reverse("innovation:evaluations"), reverse("innovation:proposals")]
    addresses += [
        reverse(f"innovation:{name}", args=[proposal.public_id])
        for name in ("proposal", "decision")
    ]
    addresses += [reverse("innovation:evaluation", args=[each.pk]) for each in assignments]
    addresses += [f"{reverse('portal:search')}?q=Cuajone", reverse("portal:work")]
    addresses += [reverse("core:notices"), reverse("core:ledger"), reverse("core:people")]
    addresses += [f"/api/innovation/challenges/{challenge.slug}", "/api/innovation/challenges"]
    return addresses


def read(client, addresses):
    """All that one person reads there."""
    return "\n".join(client.get(one, follow=True).content.decode() for one in addresses)


@pytest.fixture
def judged():
    """A proposal that one evaluator has scored with words that are easy to find."""
    challenge, [proposal, rival] = closed_challenge(2)
    judge = evaluator(full_name=JUDGE)
    given = scored(proposal, [2, 2], reason=SECRET, evaluator=judge)
    return challenge, proposal, rival, given


def test_an_evaluator_reads_nothing_of_others_before_their_own_scores_are_in(client, judged):
    challenge, proposal, _rival, given = judged
    mine = assigned(proposal, state="cleared")
    client.force_login(mine.evaluator)
    addresses = pages_of(challenge, proposal, mine, given)
    seen = read(client, addresses)
    assert SECRET not in seen
    assert JUDGE not in seen
    assert proposal.approach in seen  # what could be read was


def test_staff_who_owe_scores_read_no_ranking_and_no_averages(client, judged):
    challenge, proposal, _rival, given = judged
    discussed(challenge)
    person = staff()
    assigned(proposal, state="cleared", evaluator=person)
    client.force_login(person)
    addresses = [
        reverse("innovation:ranking", args=[challenge.slug]),
        reverse("innovation:decision", args=[proposal.public_id]),
        reverse("innovation:evaluation", args=[given.pk]),
    ]
    assert SECRET not in read(client, addresses)


@pytest.mark.parametrize("how", ["computed", "declared"])
def test_a_conflicted_evaluator_sees_neither_proposal_nor_evaluators(client, judged, how):
    challenge, proposal, _rival, given = judged
    mine = assigned(proposal, state="cleared" if how == "computed" else "conflicted")
    if how == "computed":
        Interest.objects.create(
            person=mine.evaluator, actor=proposal.lead, reason="Socio", stated_by=mine.evaluator
        )
    client.force_login(mine.evaluator)
    seen = read(client, pages_of(challenge, proposal, mine, given))
    for words in (SECRET, JUDGE, proposal.approach):
        assert words not in seen


def test_a_conflicted_member_of_the_team_sees_no_evaluator_anywhere_not_in_the_ledger(
    client, judged
):
    challenge, proposal, _rival, _given = judged
    judge = evaluator(full_name="Saturnina Callisaya")
    assign_evaluators(by=staff(), challenge=challenge, pairs=[(proposal.pk, judge.pk)])
    fresh = judge.assignments.get()
    declare_no_conflict(by=judge, assignment=fresh)  # the ledger says by whom
    ask_solver(by=judge, assignment=fresh, text="¿Qué midieron en Cuajone?")
    partial, fair = staff(), staff()
    Interest.objects.create(person=partial, actor=proposal.lead, reason="Socio", stated_by=partial)
    addresses = pages_of(challenge, proposal, fresh)
    addresses.remove(reverse("core:people"))  # everybody who has an account, for the team
    addresses.remove(reverse("innovation:assignments", args=[challenge.slug]))  # names the pool
    client.force_login(partial)
    seen = read(client, addresses)
    assert "Saturnina" not in seen
    assert proposal.title not in seen
    client.force_login(fair)
    assert "Saturnina" in read(client, [reverse("core:ledger")])
    assert not Notice.objects.filter(recipient=partial, kind__contains="inquiry").exists()
    assert list(inquiries_to_handle(viewer=partial, challenge=challenge)) == []
    board = progress_of(viewer=partial, challenge=challenge)
    assert judge.pk not in {row.person.pk for row in board.people}


def test_the_ledger_veils_competitors_of_the_team_and_nobody_impartial(judged):
    challenge, proposal, rival, _given = judged
    judge = evaluator()
    assign_evaluators(by=staff(), challenge=challenge, pairs=[(proposal.pk, judge.pk)])
    competitor = member_of(rival.lead, user__is_staff=True)
    [entry] = LedgerEntry.objects.filter(verb="innovation.evaluator_assign")
    assert acts_of_evaluations(competitor, [entry]) == {entry.position: Cover.CONFLICT}
    assert acts_of_evaluations(staff(), [entry]) == {}


def test_the_solver_learns_nothing_before_the_release_and_no_name_after(
    client, judged, django_capture_on_commit_callbacks
):
    challenge, proposal, rival, given = judged
    team, me = staff(), proposal.author
    with django_capture_on_commit_callbacks(execute=True):
        for one in (proposal, rival):
            save_decision(
                by=team, proposal=one, revision=0, outcome="not_selected",
                reason="Cuajone: la evidencia no alcanza.",
                feedback="Les sugerimos ensayar en Cuajone otra vez.",
            )  # fmt: skip
    assert not Notice.objects.filter(recipient=me).exists()  # the timing of a letter tells, too
    assert mail.outbox == []
    client.force_login(me)
    addresses = pages_of(challenge, proposal, given)
    seen = read(client, addresses)
    for words in (SECRET, JUDGE, "ensayar en Cuajone", "no alcanza"):
        assert words not in seen
    release_decisions(by=team, challenge=challenge)
    seen = read(client, addresses)
    assert "ensayar en Cuajone" in seen
    for words in (SECRET, JUDGE, "no alcanza"):
        assert words not in seen


def test_the_open_mode_names_evaluators_after_the_release_and_to_the_leads_people(client, judged):
    challenge, proposal, rival, _given = judged
    EvaluationTerms.objects.create(challenge=challenge, mode="open")
    address = [reverse("innovation:proposal", args=[proposal.public_id])]
    client.force_login(proposal.author)
    assert JUDGE not in read(client, address)
    decided(proposal)
    decided(rival)
    release_decisions(by=staff(), challenge=challenge)
    assert JUDGE in read(client, address)
    for person in (rival.author, MembershipFactory(role="representative").user):
        client.force_login(person)
        assert JUDGE not in read(client, pages_of(challenge, proposal))


@pytest.mark.parametrize("who", ["competitor", "representative", "stranger", "visitor"])
def test_nobody_else_learns_anything_of_an_evaluation(client, judged, who):
    challenge, proposal, rival, given = judged
    mine = assigned(proposal, state="cleared")
    asked = ask_solver(by=mine.evaluator, assignment=mine, text="¿Qué midieron en Cuajone?")
    forward_inquiry(by=staff(), inquiry=asked, wording="¿Qué midieron en Cuajone?", days=5)
    save_note(by=mine.evaluator, assignment=mine, words="Dudo de Cuajone.")
    company = ActorFactory(kind="mining_company")
    people = {
        "competitor": rival.author,
        "representative": member_of(company, role="representative"),
        "stranger": UserFactory(),
    }
    if who in people:
        client.force_login(people[who])
    addresses = [one for one in pages_of(challenge, proposal, given) if "q=" not in one]
    addresses.append(reverse("innovation:inquiry_answer", args=[asked.pk]))
    seen = read(client, addresses)
    for words in ("Cuajone", JUDGE, proposal.title):
        assert words not in seen
    if who in people:
        assert not Notice.objects.filter(recipient=people[who]).exists()
        with pytest.raises(NotAllowed):
            remind(by=people[who], challenge=challenge, people=[mine.evaluator])


def test_a_private_note_is_read_by_its_writer_alone(client, judged):
    challenge, proposal, _rival, given = judged
    save_note(by=given.evaluator, assignment=given, words="Dudo del balance de Cuajone.")
    discussed(challenge)
    addresses = pages_of(challenge, proposal, given)
    client.force_login(given.evaluator)
    assert "balance de Cuajone" in read(client, addresses)
    other = scored(proposal, [3, 3])
    for person in (staff(), other.evaluator, proposal.author):
        client.force_login(person)
        assert "balance de Cuajone" not in read(client, addresses)
        with pytest.raises(NotAllowed):
            save_note(by=person, assignment=given, words="otra cosa")


@pytest.fixture
def blind():
    """A double-blind challenge whose proposal gives its authors away in every part."""
    challenge, [proposal] = gated_challenge(mode="double", checks=False)
    lead = proposal.lead
    type(lead).objects.filter(pk=lead.pk).update(name="Tecnologías Qoriwayra S.A.C.")
    type(proposal).objects.filter(pk=proposal.pk).update(
        title="Sensor Qoriwayra", summary="De Tecnologías Qoriwayra, ventas@qoriwayra.pe.",
        approach="Como se ve en www.qoriwayra.pe o al 054 123 456.",
        team=f"Dirige {proposal.author.full_name}, en Av. Ejército 710.",
        people=[{"name": "Jacinta Pumacahua", "role": "Dirige a Jacinta Pumacahua"}],
        references=[{"client": "Mina Alta", "contact": "Lidia Ccorimanya", "year": 2024}],
    )  # fmt: skip
    proposal.refresh_from_db()
    return challenge, proposal


TELLING = ("qoriwayra", "pumacahua", "ccorimanya", "054 123 456", "Ejército 710")


def test_nobody_is_asked_before_the_copy_is_confirmed(blind):
    challenge, proposal = blind
    pairs = [(proposal.pk, evaluator().pk)]
    with pytest.raises(InvalidInput):
        assign_evaluators(by=staff(), challenge=challenge, pairs=pairs)
    mine = assigned(proposal)
    with pytest.raises(WrongState):
        declare_no_conflict(by=mine.evaluator, assignment=mine)
    redacted(proposal)
    assert assign_evaluators(by=staff(), challenge=challenge, pairs=pairs)


def test_what_is_still_found_is_confirmed_only_when_it_was_looked_over(blind):
    _challenge, proposal = blind
    team = staff()
    words = dict.fromkeys(texts_of(proposal), "texto")
    save_copy(by=team, proposal=proposal, revision=0, words={**words, "team": "De Qoriwayra."})
    with pytest.raises(InvalidInput) as caught:
        confirm_copy(by=team, proposal=proposal, revision=1)
    assert set(caught.value.fields) == {"team"}
    assert RedactedCopy.objects.get().confirmed_at is None
    confirm_copy(by=team, proposal=proposal, revision=1, is_looked_over=True)


@pytest.mark.parametrize("state", ["assigned", "cleared", "scored"])
def test_an_evaluator_reads_the_redacted_copy_and_not_whose_it_is(client, blind, state):
    challenge, proposal = blind
    redacted(proposal)
    stored = StoredFileFactory(name="Qoriwayra-ensayo.pdf")
    attachment = Attachment.objects.create(proposal=proposal, file=stored)
    mine = assigned(proposal, state=state, gate="technical")
    client.force_login(mine.evaluator)
    addresses = [*pages_of(challenge, proposal, mine), f"{reverse('portal:search')}?q=sensor"]
    seen = read(client, addresses)
    for words in (*TELLING, proposal.author.full_name):
        assert words.lower() not in seen.lower()
    assert "Sensor [" in seen
    if state != "assigned":
        assert "Mina Alta" in seen
    gone = [
        reverse("innovation:proposal", args=[proposal.public_id]),
        reverse("innovation:attachment", args=[proposal.public_id, attachment.file.uid]),
    ]
    assert [client.get(one).status_code for one in gone] == [404, 404]


def test_staff_who_evaluate_double_blind_read_the_copy_until_they_handed_in(client, blind):
    _challenge, proposal = blind
    redacted(proposal)
    person = staff()
    mine = assigned(proposal, state="cleared", gate="technical", evaluator=person)
    client.force_login(person)
    address = reverse("innovation:proposal", args=[proposal.public_id])
    assert client.get(address).status_code == 404
    type(mine).objects.update(state="scored", scored_at=mine.declared_at)
    assert client.get(address).status_code == 200


def test_files_are_withheld_unless_a_redacted_one_stands_in_their_place(client, blind):
    _challenge, proposal = blind
    redacted(proposal)
    original = Attachment.objects.create(
        proposal=proposal, file=StoredFileFactory(name="Qoriwayra-ensayo.pdf")
    )
    mine = assigned(proposal, state="cleared", gate="technical")
    stranger = assigned(closed_challenge(1)[1][0], state="cleared").evaluator
    telling = SimpleUploadedFile("Qoriwayra-sin.pdf", b"%PDF-1.4 x")
    with pytest.raises(InvalidInput):
        add_redacted_file(by=staff(), attachment=original, upload=telling)
    upload = SimpleUploadedFile("ensayo.pdf", b"%PDF-1.4 x")
    made = add_redacted_file(by=staff(), attachment=original, upload=upload)
    address = reverse("innovation:redacted_file", args=[mine.pk, made.file.uid])
    client.force_login(mine.evaluator)
    page = client.get(address)
    assert b"".join(page.streaming_content) == b"%PDF-1.4 x"
    client.force_login(stranger)
    assert client.get(address).status_code == 404


def test_only_the_impartial_team_redacts(client, blind):
    challenge, proposal = blind
    address = reverse("innovation:redaction", args=[challenge.slug, proposal.public_id])
    partial = staff()
    Interest.objects.create(person=partial, actor=proposal.lead, reason="Socio", stated_by=partial)
    for person in (partial, evaluator(), proposal.author):
        client.force_login(person)
        assert client.get(address).status_code in {403, 404}
        with pytest.raises(NotAllowed):
            save_copy(by=person, proposal=proposal, revision=0, words={})
    client.force_login(staff())
    page = client.get(address).content.decode()
    assert "<mark>ventas@qoriwayra.pe</mark>" in page
