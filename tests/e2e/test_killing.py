"""Every receipt that was given still opens, whatever is killed in the middle of handing in.

A few rounds on each database; `make bench` does fifty.
"""

import pytest

from tests.innovation.killing import kill_rounds
from tests.services.postgres import DURABLE, binaries, own_cluster

SEED = 2014_24


@pytest.mark.skipif(binaries() is None, reason="NO POSTGRESQL on this machine")
def test_on_postgresql_no_receipt_is_lost(tmp_path, django_db_blocker):
    victims = ["web", "worker", "database", "database", "backend"]
    with own_cluster(DURABLE) as cluster:
        found = kill_rounds(
            tmp_path,
            victims=victims,
            seed=SEED,
            cluster=cluster,
            unblock=django_db_blocker.unblock,
        )
    assert not found.faults
    assert found.rounds.total() == len(victims)
    assert found.receipts >= len(victims)


def test_on_sqlite_no_receipt_is_lost(tmp_path, django_db_blocker):
    victims = ["web", "web", "web", "worker", "worker"]
    found = kill_rounds(tmp_path, victims=victims, seed=SEED, unblock=django_db_blocker.unblock)
    assert not found.faults
    assert found.rounds.total() == len(victims)
    assert found.receipts >= len(victims)
