"""After economic parts are opened, redacted copies wait to be confirmed again, and say so."""

import pytest
from django.urls import reverse

from minka.core.jobs import waiting
from minka.core.models import Notice
from minka.innovation.actions.copy_reminders import REMIND, ask_for_copies
from minka.innovation.actions.discussions import open_discussion
from minka.innovation.actions.handing_in import submit_proposal
from minka.innovation.actions.redactions import confirm_copy, save_copy
from minka.innovation.models import EvaluationTerms, Interest, Proposal, RedactedCopy
from minka.innovation.queries.redactions import names_that_tell, suggestion, texts_of
from minka.innovation.queries.stale_copies import stale_copies
from minka.innovation.queries.work_proposals import work_items
from minka.innovation.tasks import remind_of_copies
from tests.factories import UserFactory
from tests.innovation.scoring_stories import redacted
from tests.innovation.sealing_stories import (
    after_closing,
    quick_passphrases,
    sealed_call,
    sealed_draft,
)
from tests.innovation.stories import scored

pytestmark = pytest.mark.django_db
BUDGET = [{"concept": "Alquiler de la celda", "amount": "41357", "currency": "USD"}]


@pytest.fixture
def opened(monkeypatch):
    """A double-blind call whose copy was confirmed before its economic parts were opened."""
    quick_passphrases(monkeypatch)
    held = sealed_call(envelopes="two")
    EvaluationTerms.objects.create(challenge=held.challenge, mode="double")
    draft, author = sealed_draft(held, budget=BUDGET)
    submit_proposal(by=author, proposal=draft, revision=draft.revision)
    after_closing(monkeypatch, held.challenge)
    held.open()
    proposal = Proposal.objects.get(pk=draft.pk)
    redacted(proposal)
    scored(proposal, [3] * held.challenge.criteria.count())
    open_discussion(by=held.team, challenge=held.challenge)
    assert stale_copies() == []  # nothing is asked for that nobody can read yet
    held.open(economic=True)
    return held, Proposal.objects.get(pk=draft.pk)


def copies_url(held):
    return reverse("innovation:copies", args=[held.challenge.slug])


def confirmed_again(held, proposal):
    names = names_that_tell(proposal)
    words = {key: suggestion(text, names) for key, (_l, text) in texts_of(proposal).items()}
    copy = save_copy(by=held.team, proposal=proposal, revision=1, words=words)
    confirm_copy(by=held.team, proposal=proposal, revision=copy.revision)


def test_the_team_is_told_reminded_and_led_to_the_copy_until_it_is_confirmed(opened, client):
    held, proposal = opened
    kind = "innovation.copies_wait"
    told = Notice.objects.get(recipient=held.team, kind=kind)
    assert told.url == copies_url(held)
    assert proposal.lead.name not in told.subject + told.body  # a notice cannot be taken back
    assert copies_url(held) in [one.url for one in work_items(viewer=held.team)]
    assert list(waiting(REMIND).values()) == [[held.challenge.pk]]
    client.force_login(held.team)
    assert "Por confirmar de nuevo" in client.get(copies_url(held)).content.decode()
    Notice.objects.filter(kind=kind).delete()  # another day
    assert remind_of_copies.func(held.challenge.pk) == 1
    assert Notice.objects.filter(recipient=held.team, kind=kind).count() == 1
    assert len(waiting(REMIND)) == 1  # one chain, whoever asks
    confirmed_again(held, proposal)
    shown = RedactedCopy.objects.get().shown["budget"]
    assert "Alquiler de la celda" in shown
    assert copies_url(held) not in [one.url for one in work_items(viewer=held.team)]
    assert ask_for_copies(challenge=held.challenge) == 0
    assert "Por confirmar de nuevo" not in client.get(copies_url(held)).content.decode()


def test_whoever_may_not_know_the_proposal_is_neither_told_nor_led_there(opened):
    held, proposal = opened
    partial, stranger = UserFactory(is_staff=True), UserFactory(roles=["evaluator"])
    Interest.objects.create(person=partial, actor=proposal.lead, reason="Socio", stated_by=partial)
    Notice.objects.all().delete()
    ask_for_copies(challenge=held.challenge)
    told = set(Notice.objects.values_list("recipient", flat=True))
    assert held.team.pk in told
    assert not told & {partial.pk, stranger.pk, proposal.author_id}
    for person in (partial, stranger, proposal.author):
        assert copies_url(held) not in [one.url for one in work_items(viewer=person)]
