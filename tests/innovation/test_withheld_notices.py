"""What a conflict of interest closes is withdrawn from inboxes too, and stays on record."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from minka.core.actions.personal import export_own_data
from minka.core.delivery import deliver
from minka.core.models import Notice
from minka.innovation.actions.conflicts import set_aside
from minka.innovation.actions.evaluations import declare_conflict
from minka.innovation.actions.inquiries import answer_inquiry, ask_solver, forward_inquiry
from minka.innovation.models import Interest
from tests.innovation.scoring_stories import evaluator, gated_challenge
from tests.innovation.stories import assigned, closed_challenge, member_of, staff

pytestmark = pytest.mark.django_db
JUDGE, WHY = "Eulalia Chuquimamani", "Fue su jefe en Toromocho hasta marzo."


@pytest.fixture
def told():
    """Two of the team who were told, by name and reason, that an evaluator stepped aside."""
    _challenge, [proposal] = closed_challenge(1)
    first, second = staff(), staff()
    duty = assigned(proposal, state="assigned", evaluator=evaluator(full_name=JUDGE))
    declare_conflict(by=duty.evaluator, assignment=duty, conflict=WHY)
    return proposal, first, second


def inbox(client, person):
    client.force_login(person)
    return client.get(reverse("core:notices")).content.decode()


def interest(person, proposal):
    return Interest.objects.create(
        person=person, actor=proposal.lead, reason="Socio desde 2020", stated_by=person
    )


def test_an_interest_that_is_declared_later_withdraws_what_was_told_before(client, told):
    proposal, partial, fair = told
    assert WHY in inbox(client, partial)
    stated = interest(partial, proposal)
    seen = inbox(client, partial)
    for words in (WHY, JUDGE, proposal.lead.name):
        assert words not in seen
    assert "Aviso retirado" in seen
    kept = Notice.objects.get(recipient=partial)
    assert WHY in kept.body  # the record is whole
    opened = client.post(reverse("core:notice_open", args=[kept.pk]))
    assert opened.url == reverse("core:notices")
    assert WHY not in str(export_own_data(by=partial))
    assert WHY in inbox(client, fair)
    assert WHY in str(export_own_data(by=fair))
    Interest.objects.filter(pk=stated.pk).update(withdrawn_at=timezone.now())
    assert WHY in inbox(client, partial)  # the conflict is over


def test_a_letter_that_still_waits_is_not_sent_to_whoever_may_not_know_it_now(told):
    proposal, partial, fair = told
    interest(partial, proposal)
    letters = {one.recipient_id: deliver(notice_id=one.pk) for one in Notice.objects.all()}
    assert (letters[partial.pk], letters[fair.pk]) == ("withheld", "sent")
    written_to = {address for one in mail.outbox for address in one.to}
    assert fair.email in written_to
    assert partial.email not in written_to


def test_joining_an_organisation_that_answers_withdraws_them_too(client, told):
    proposal, partial, _fair = told
    member_of(proposal.lead, user=partial)
    assert JUDGE not in inbox(client, partial)


def test_an_evaluator_who_is_set_aside_reads_no_more_of_questions_and_solvers_keep_theirs(client):
    _challenge, [proposal] = gated_challenge()
    duty = assigned(proposal, state="cleared")
    asked = ask_solver(by=duty.evaluator, assignment=duty, text="¿Qué midieron en Cuajone?")
    forward_inquiry(by=staff(), inquiry=asked, wording="¿Qué midieron en planta?", days=5)
    asked.refresh_from_db()
    answer_inquiry(by=proposal.author, inquiry=asked, answer="Midieron la recuperación de cobre.")
    said = "La respuesta a una pregunta está junto a una propuesta que usted evalúa"
    assert said in inbox(client, duty.evaluator)
    set_aside(by=staff(), assignment=duty, reason="Trabajó para quien propone hasta marzo.")
    assert said not in inbox(client, duty.evaluator)
    assert "¿Qué midieron en planta?" in inbox(client, proposal.author)


def test_the_inbox_costs_the_same_for_one_such_notice_or_many(client):
    def cost(many):
        person = staff()
        for _ in range(many):
            _challenge, [proposal] = closed_challenge(1)
            duty = assigned(proposal, state="assigned")
            declare_conflict(by=duty.evaluator, assignment=duty, conflict=WHY)
        client.force_login(person)
        client.get(reverse("core:notices"))
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("core:notices"))
        return len(captured)

    assert cost(1) == cost(4)
