"""Tell people: a notice in the inbox at once, an e-mail through a job in the same transaction.

The job is a row of the same database, so it exists exactly when the act was committed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import models, transaction
from django.utils.translation import override

from minka.core.audit import subject_of
from minka.core.jobs import enqueue
from minka.core.models import Notice, User

DELIVER = "minka.core.tasks.deliver_notice"

WayOut = Callable[[Notice], str]
_ways_out: dict[str, WayOut] = {}


@dataclass(frozen=True)
class Message:
    """What one person is told, already in their language."""

    subject: str
    body: str
    url: str = ""


def register_way_out(kind: str, address: WayOut) -> None:
    """Say by which address, of a POST without a session, notices of a kind are ended (RFC 8058)."""
    _ways_out[kind] = address


def way_out(notice: Notice) -> str:
    """Return the address by which letters of this sort are ended; empty: there is none."""
    find = _ways_out.get(notice.kind)
    return find(notice) if find else ""


@transaction.atomic
def notify(
    *,
    recipients: Iterable[User],
    kind: str,
    key: str,
    compose: Callable[[User], Message],
    about: models.Model | None = None,
) -> list[Notice]:
    """Tell each recipient once for this `key`; return the notices that are new.

    `compose` runs with the recipient's language switched on, so `gettext` gives their words.
    `about` is what may be closed to a recipient later; then the words are withheld.
    """
    people = {person.pk: person for person in recipients if person.is_active}
    known = set(
        Notice.objects.filter(recipient__in=people, key=key).values_list("recipient_id", flat=True)
    )
    fresh: list[Notice] = []
    for person in (people[pk] for pk in people if pk not in known):
        with override(person.language):
            message = compose(person)
        fresh.append(
            Notice(
                recipient=person,
                kind=kind,
                key=key,
                subject=" ".join(str(message.subject).split())[:200],
                body=str(message.body),
                url=message.url,
                about=":".join(subject_of(about)) if about else "",
                language=person.language,
            )
        )
    for notice in Notice.objects.bulk_create(fresh):
        enqueue(DELIVER, notice.pk)
    return fresh
