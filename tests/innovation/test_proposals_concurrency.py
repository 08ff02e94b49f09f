"""Two clicks, two colleagues, a moving deadline: real threads on a real database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from minka.core.errors import Conflict, DomainError, WrongState
from minka.core.ledger import verify_ledger
from minka.innovation.actions import calls
from minka.innovation.actions.handing_in import submit_proposal
from minka.innovation.actions.proposals import save_draft, start_proposal
from minka.innovation.models import Call, Proposal, Receipt
from tests.factories import ActorFactory, ChallengeFactory
from tests.innovation.stories import draft_of_member, member_of

pytestmark = pytest.mark.django_db(transaction=True)
CLICKS = 4


def at_once(*acts):
    """Run the acts in threads that start together; return what each gave or raised."""
    barrier = Barrier(len(acts))

    def run(act):
        try:
            barrier.wait(timeout=20)
            return act()
        except DomainError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_a_double_click_on_submit_gives_one_receipt():
    draft, author = draft_of_member()

    def click():
        return submit_proposal(by=author, proposal=Proposal.objects.get(pk=draft.pk), revision=0)

    outcomes = at_once(*[click] * CLICKS)
    assert sum(isinstance(outcome, Receipt) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, WrongState) for outcome in outcomes) == CLICKS - 1
    assert Receipt.objects.count() == 1
    assert verify_ledger().whole


def test_two_colleagues_who_begin_at_once_share_one_draft():
    challenge, actor = ChallengeFactory(), ActorFactory()
    people = [member_of(actor) for _ in range(CLICKS)]
    drafts = at_once(
        *[
            lambda person=person: start_proposal(by=person, challenge=challenge, lead=actor)
            for person in people
        ]
    )
    assert len({draft.pk for draft in drafts}) == 1
    assert Proposal.objects.count() == 1


def test_two_colleagues_who_save_at_once_one_wins_and_the_other_is_told():
    draft, author = draft_of_member()
    colleague = member_of(draft.lead)

    def save(person, words):
        mine = Proposal.objects.get(pk=draft.pk)
        return save_draft(by=person, proposal=mine, revision=0, values={"summary": words})

    outcomes = at_once(lambda: save(author, "uno"), lambda: save(colleague, "dos"))
    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 1
    draft.refresh_from_db()
    assert (draft.summary in {"uno", "dos"}, draft.revision) == (True, 1)


def test_submitting_while_a_colleague_saves_hands_in_one_whole_version():
    draft, author = draft_of_member()
    colleague = member_of(draft.lead)
    outcomes = at_once(
        lambda: submit_proposal(by=author, proposal=Proposal.objects.get(pk=draft.pk), revision=0),
        lambda: save_draft(
            by=colleague,
            proposal=Proposal.objects.get(pk=draft.pk),
            revision=0,
            values={"summary": "otra"},
        ),
    )
    submitted, saved = (not isinstance(outcome, DomainError) for outcome in outcomes)
    assert submitted != saved
    draft.refresh_from_db()
    assert (draft.state == "submitted") is submitted
    assert (draft.summary == "otra") is saved


def test_a_deadline_that_moves_while_the_proposal_is_handed_in_is_obeyed(monkeypatch):
    """The call is closed after the page was opened, and committed just before the lock is taken."""
    draft, author = draft_of_member()
    real = calls.locked_call

    def overtaken(challenge_id):
        with ThreadPoolExecutor(1) as pool:
            pool.submit(close_now).result(timeout=20)
        return real(challenge_id)

    def close_now():
        try:
            Call.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
        finally:
            connection.close()

    if connection.vendor == "sqlite":
        close_now()  # its immediate transactions let nobody write between the start and the lock
    else:
        monkeypatch.setattr(calls, "locked_call", overtaken)
    with pytest.raises(WrongState):
        submit_proposal(by=author, proposal=draft, revision=0)
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert not Receipt.objects.exists()
