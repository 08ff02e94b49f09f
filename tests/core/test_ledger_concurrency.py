"""Two people act at once: the chain stays one chain."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from minka.core.audit import record
from minka.core.ledger import verify_ledger
from tests.factories import UserFactory

WRITERS, ACTS = 6, 8


@pytest.mark.django_db(transaction=True)
def test_many_writers_make_one_chain_without_gaps():
    user = UserFactory()

    def write(writer):
        try:
            for n in range(ACTS):
                with transaction.atomic():
                    record(by=user, verb=f"test.writer_{writer}", obj=user, data={"n": n})
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    found = verify_ledger()
    assert (found.whole, found.entries) == (True, WRITERS * ACTS)
