"""What was announced before sealing existed stays as it was announced."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from minka.innovation.models import Call, Proposal, Receipt
from tests.factories import ChallengeFactory, ProposalFactory
from tests.services.states import quick_states

BEFORE = ("innovation", "0021_questions")


def migrate_to(*targets):
    with quick_states():
        MigrationExecutor(connection).migrate([*targets])


@pytest.mark.django_db(transaction=True)
def test_calls_and_proposals_that_exist_stay_under_the_rule_of_access_with_their_words():
    challenge = ChallengeFactory()
    proposal = ProposalFactory(challenge=challenge, submitted=True)
    receipt = Receipt.objects.create(
        proposal=proposal,
        number="R-2026-AAAAAA",
        issued_to=proposal.author,
        received_at=challenge.call.opens_at,
        deadline_at=challenge.call.closes_at,
        content_sha256="0" * 64,
        ledger_position=1,
    )
    words = (proposal.title, proposal.approach, proposal.requested_usd)
    try:
        migrate_to(BEFORE)
    finally:
        migrate_to(*MigrationExecutor(connection).loader.graph.leaf_nodes())
    again = Proposal.objects.get(pk=proposal.pk)
    assert (again.title, again.approach, again.requested_usd) == words
    assert (again.is_sealed, bytes(again.locked), again.state) == (False, b"", "submitted")
    assert Call.objects.get().protection == "access"
    assert Receipt.objects.get(pk=receipt.pk).signed == ""
    assert Call().protection == "sealed"
