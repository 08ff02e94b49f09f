import pytest
from django.db import DatabaseError, connection, transaction

from minka.core.audit import record
from minka.core.ledger import guard_ledger, unguarded_triggers, verify_ledger
from minka.core.models import LedgerEntry
from tests.factories import UserFactory
from tests.services.ledger import lift_guard

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    user = UserFactory()
    return [record(by=user, verb=f"test.act_{n}", obj=user, data={"n": n}) for n in range(1, 6)]


def tamper(sql, *values):
    """Do what a dishonest administrator would: lift the guard, then change the table."""
    lift_guard()
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
    guard_ledger()


def test_a_chain_that_nobody_touched_is_whole(chain):
    found = verify_ledger()
    assert (found.whole, found.entries, found.head) == (True, 5, chain[-1].entry_hash)


def test_an_entry_survives_the_database_to_the_byte(chain):
    kept = LedgerEntry.objects.get(position=3)
    assert kept.computed_hash() == kept.entry_hash == chain[2].entry_hash
    assert kept.details == {"n": 3}


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE core_ledgerentry SET verb = 'other' WHERE position = 2",
        "DELETE FROM core_ledgerentry WHERE position = 5",
    ],
)
def test_the_database_refuses_to_change_or_remove_an_entry(chain, sql):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(sql)
    assert verify_ledger().entries == 5


@pytest.mark.only_postgresql
def test_postgresql_refuses_to_truncate_it_too(chain):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SET CONSTRAINTS ALL IMMEDIATE"
            )  # or its own pending checks refuse first
            cursor.execute("TRUNCATE core_ledgerentry")


@pytest.mark.parametrize(
    ("sql", "broken_at"),
    [
        ("UPDATE core_ledgerentry SET verb = 'other' WHERE position = 2", 2),
        ("""UPDATE core_ledgerentry SET data = '{"n":30}' WHERE position = 3""", 3),
        ("UPDATE core_ledgerentry SET by_id = NULL WHERE position = 4", 4),
        ("DELETE FROM core_ledgerentry WHERE position = 2", 2),
        ("DELETE FROM core_ledgerentry WHERE position = 1", 1),
    ],
)
def test_verification_says_where_the_chain_breaks(chain, sql, broken_at):
    tamper(sql)
    found = verify_ledger()
    assert (found.whole, found.broken_at, found.entries) == (False, broken_at, broken_at - 1)
    assert str(broken_at) in found.reason


def test_an_entry_that_was_rehashed_breaks_the_next_one(chain):
    forged = LedgerEntry.objects.get(position=2)
    forged.verb = "test.forged"
    tamper(
        "UPDATE core_ledgerentry SET verb = %s, entry_hash = %s WHERE position = 2",
        forged.verb,
        forged.computed_hash(),
    )
    assert verify_ledger().broken_at == 3


def test_a_ledger_cut_at_its_end_is_found_by_a_head_that_was_written_down(chain):
    noted = verify_ledger().head
    tamper("DELETE FROM core_ledgerentry WHERE position > 3")
    assert verify_ledger().whole  # what is left is a chain
    assert not verify_ledger(expect=noted).whole


def test_an_act_that_fails_leaves_no_entry():
    user = UserFactory()
    with pytest.raises(RuntimeError, match="undo"), transaction.atomic():
        record(by=user, verb="test.act", obj=user)
        raise RuntimeError("undo")
    assert not LedgerEntry.objects.exists()


def test_the_guard_is_reported_missing_and_comes_back():
    assert unguarded_triggers() == []
    lift_guard()
    assert len(unguarded_triggers()) == 2
    guard_ledger()
    assert unguarded_triggers() == []


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused():
    user = UserFactory()
    with pytest.raises(RuntimeError, match="needs the transaction"):
        record(by=user, verb="test.act", obj=user)
