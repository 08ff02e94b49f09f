"""Money and notices that exist before lines have currencies and notices say what they are about."""

from decimal import Decimal

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from minka.core.models import Notice
from minka.innovation.actions.agreement_plan import add_to_plan
from minka.innovation.models import BudgetLine, Payment
from tests.innovation.agreement_stories import begun, cast, days
from tests.innovation.stories import assigned

BEFORE = ("innovation", "0024_call_to_contract")


@pytest.mark.django_db(transaction=True)
def test_what_was_planned_was_in_dollars_and_older_notices_learn_what_they_are_about():
    people = cast()
    agreement, price = begun(people), Decimal("41000.55")
    for kind, values in (
        ("budget", {"name": "Equipos"}),
        ("payment", {"what": "Adelanto", "planned_on": days(9)}),
    ):
        values |= {"amount": price}
        add_to_plan(by=people.area, agreement=agreement, kind=kind, values=values)
    duty = assigned(people.decision.proposal, state="conflicted")
    told = {"recipient": people.team, "subject": "x", "body": "x", "language": "es"}
    of_conflict = Notice.objects.create(
        kind="innovation.conflict_declared", key=f"conflict:{duty.pk}", **told
    )
    other = Notice.objects.create(
        kind="innovation.decision_released", key=f"decision:{duty.pk}", **told
    )
    try:
        MigrationExecutor(connection).migrate([BEFORE])
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
    for one, usd in ((BudgetLine, "planned_usd"), (Payment, "amount_usd")):
        line = one.objects.get()
        assert (line.amount, line.currency, line.rate) == (price, "USD", 1)
        assert getattr(line, usd) == price
    of_conflict.refresh_from_db()
    other.refresh_from_db()
    assert of_conflict.about == f"innovation.proposal:{people.decision.proposal.public_id}"
    assert other.about == ""
