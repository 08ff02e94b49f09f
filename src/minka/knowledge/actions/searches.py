"""Keep searches of the directory, share them, and look for what they newly find.

A search with an alert is looked at by a job that puts the next one in the queue in the same
transaction as what it tells: cut off, it is done again; done twice, the second finds that its
number is past.
"""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput
from minka.core.jobs import enqueue
from minka.core.models import User
from minka.knowledge.models import Actor, SavedSearch
from minka.knowledge.models.finding import new_token
from minka.knowledge.notices.searches import tell_new_matches
from minka.knowledge.queries.filter_address import address_of, filter_at
from minka.knowledge.queries.searches import ids_found
from minka.knowledge.states import AlertEvery
from minka.methods.number_sets import pack, unpack

LOOK = "minka.knowledge.tasks.look_at_search"
LOOK_AT = time(7, 0)  # in the cluster's own zone
MONDAY = 0
SEARCHES_AT_MOST = 200
BATCH = 500


@transaction.atomic
def save_search(  # noqa: PLR0913 -- the facts of the form
    *,
    by: User,
    name: str,
    address: str,
    note: str = "",
    alert: str = "",
    for_team: bool = False,
) -> SavedSearch:
    """Keep a filter under a name; with an alert, whom it finds today is known already.

    Raises:
        NotAllowed: `by` has not signed in.
        InvalidInput: there is no name, it is taken, or there are too many searches.
    """
    require(by, "knowledge.search_save")
    if SavedSearch.objects.filter(owner=by).count() >= SEARCHES_AT_MOST:
        raise InvalidInput(_("You keep too many searches; delete one that you do not need."))
    search = SavedSearch(owner=by, address=address_of(filter_at(address)))
    _write(search, name=name, note=note, alert=alert, for_team=for_team)
    record(by=by, verb="knowledge.search_save", obj=search, data={"alert": search.alert})
    return search


@transaction.atomic
def change_search(  # noqa: PLR0913 -- the facts of the form
    *,
    by: User,
    search: SavedSearch,
    name: str,
    note: str = "",
    alert: str = "",
    for_team: bool = False,
) -> SavedSearch:
    """Rename a search, share it with the team, or be told more often, less often or never.

    Raises:
        NotAllowed: it is somebody else's.
        InvalidInput: there is no name, or it is taken.
    """
    require(by, "knowledge.search_change", search)
    search = SavedSearch.objects.select_for_update().get(pk=search.pk)
    _write(search, name=name, note=note, alert=alert, for_team=for_team)
    record(by=by, verb="knowledge.search_change", obj=search, data={"alert": search.alert})
    return search


@transaction.atomic
def link_search(*, by: User, search: SavedSearch, shared: bool) -> SavedSearch:
    """Make a link by which anybody reads the search, or make the link lead nowhere.

    Raises:
        NotAllowed: it is somebody else's.
    """
    require(by, "knowledge.search_change", search)
    search.token = (search.token or new_token()) if shared else None
    search.save(update_fields=["token"])
    record(by=by, verb="knowledge.search_change", obj=search, data={"link": shared})
    return search


@transaction.atomic
def delete_search(*, by: User, search: SavedSearch) -> None:
    """Forget a search; its link leads nowhere and nothing more is told.

    Raises:
        NotAllowed: it is somebody else's.
    """
    require(by, "knowledge.search_change", search)
    record(by=by, verb="knowledge.search_delete", obj=search)
    search.delete()


@transaction.atomic
def silence_search(*, search: SavedSearch) -> None:
    """Tell nothing more of a search.

    No person: whoever holds the link of a letter that was sent to its owner.
    """
    told = SavedSearch.objects.filter(pk=search.pk).exclude(alert="")
    if told.update(alert="", looks=F("looks") + 1):
        record(by=None, verb="knowledge.search_silence", obj=search)


@transaction.atomic
def look_at_search(*, search_id: int, number: int) -> str:
    """Tell the owner whom a search newly finds, and look again later.

    No person: the job of a search with an alert. `number` is the look's own; one that was done,
    or whose alert was changed meanwhile, does nothing.
    """
    mine = SavedSearch.objects.filter(pk=search_id, looks=number).exclude(alert="")
    if not mine.update(looks=F("looks") + 1):
        return "past"
    search = SavedSearch.objects.select_related("owner").get(pk=search_id)
    if not search.owner.is_active:
        return "nobody"
    found = ids_found(viewer=search.owner, address=search.address)
    known = unpack(bytes(search.known))
    fresh = _newcomers(found - known, known)
    search.known, search.looked_at = pack(found | known), timezone.now()
    search.save(update_fields=["known", "looked_at"])
    if fresh:
        tell_new_matches(search=search, fresh=fresh, number=number)
    _look_later(search)
    return f"new {len(fresh)}"


def _write(search: SavedSearch, *, name: str, note: str, alert: str, for_team: bool) -> None:
    name = " ".join(name.split())[:120]
    if not name:
        raise InvalidInput(fields={"name": _("Give the search a name.")})
    namesakes = SavedSearch.objects.filter(owner=search.owner_id, name=name)
    if namesakes.exclude(pk=search.pk).exists():
        raise InvalidInput(fields={"name": _("You have a search of that name.")})
    if alert not in AlertEvery.values:
        raise InvalidInput(fields={"alert": _("Choose how often.")})
    changed = alert != search.alert
    search.name, search.note, search.for_team = name, note.strip()[:500], for_team
    search.alert = alert
    if changed:
        search.looks += 1
    if changed and alert:
        search.looked_at = timezone.now()
        search.known = pack(ids_found(viewer=search.owner, address=search.address))
    search.save()
    if changed and alert:
        _look_later(search)


def _newcomers(candidates: set[int], known: set[int]) -> list[int]:
    """Return those that are not just what known ones were joined to."""
    heirs: set[int] = set()
    ordered = sorted(candidates)
    for start in range(0, len(ordered), BATCH):
        some = ordered[start : start + BATCH]
        merged = Actor.objects.filter(merged_into__in=some).values_list("merged_into_id", "pk")
        heirs.update(heir for heir, former in merged if heir and former in known)
    return sorted(candidates - heirs)


def _look_later(search: SavedSearch) -> None:
    search.refresh_from_db(fields=["looks"])
    now = timezone.localtime()
    wait = next_look(now, weekly=search.alert == AlertEvery.WEEKLY) - now
    enqueue(LOOK, search.pk, search.looks, wait=wait)


def next_look(now: datetime, *, weekly: bool) -> datetime:
    """Return the next seven in the morning, or that of the next Monday.

    No person: only the calendar.
    """
    at = datetime.combine(now.date(), LOOK_AT, tzinfo=now.tzinfo)
    while at <= now or (weekly and at.weekday() != MONDAY):
        at += timedelta(days=1)
    return at
