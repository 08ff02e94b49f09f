"""Lists of organisations: begin, fill, order, annotate, share, delete."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput
from minka.core.models import User
from minka.knowledge.models import Actor, Shortlist, ShortlistEntry
from minka.knowledge.models.finding import new_token
from minka.knowledge.queries.shortlists import listed_actors

LISTS_AT_MOST = 200
LISTED_AT_MOST = 500


@transaction.atomic
def create_shortlist(*, by: User, name: str, note: str = "", for_team: bool = False) -> Shortlist:
    """Begin a list.

    Raises:
        NotAllowed: `by` has not signed in.
        InvalidInput: there is no name, it is taken, or there are too many lists.
    """
    require(by, "knowledge.shortlist_create")
    if Shortlist.objects.filter(owner=by).count() >= LISTS_AT_MOST:
        raise InvalidInput(_("You keep too many lists; delete one that you do not need."))
    shortlist = Shortlist(owner=by)
    _write(shortlist, name=name, note=note, for_team=for_team)
    record(by=by, verb="knowledge.shortlist_create", obj=shortlist)
    return shortlist


@transaction.atomic
def change_shortlist(
    *, by: User, shortlist: Shortlist, name: str, note: str = "", for_team: bool = False
) -> Shortlist:
    """Rename a list, say what it is for, share it with the team or stop doing so.

    Raises:
        NotAllowed: it is somebody else's.
        InvalidInput: there is no name, or it is taken.
    """
    require(by, "knowledge.shortlist_change", shortlist)
    shared = for_team != shortlist.for_team
    _write(shortlist, name=name, note=note, for_team=for_team)
    verb = "shortlist_share" if shared else "shortlist_change"
    record(by=by, verb=f"knowledge.{verb}", obj=shortlist, data={"for_team": for_team})
    return shortlist


@transaction.atomic
def link_shortlist(*, by: User, shortlist: Shortlist, shared: bool) -> Shortlist:
    """Make a link by which anybody reads the list, or make the link lead nowhere.

    Raises:
        NotAllowed: it is somebody else's.
    """
    require(by, "knowledge.shortlist_change", shortlist)
    shortlist.token = (shortlist.token or new_token()) if shared else None
    shortlist.save(update_fields=["token", "changed_at"])
    record(by=by, verb="knowledge.shortlist_share", obj=shortlist, data={"link": shared})
    return shortlist


@transaction.atomic
def delete_shortlist(*, by: User, shortlist: Shortlist) -> None:
    """Forget a list with its notes; the organisations stay as they are.

    Raises:
        NotAllowed: it is somebody else's.
    """
    require(by, "knowledge.shortlist_change", shortlist)
    entries = shortlist.entries.count()
    record(by=by, verb="knowledge.shortlist_delete", obj=shortlist, data={"entries": entries})
    shortlist.delete()


@transaction.atomic
def add_to_shortlist(*, by: User, shortlist: Shortlist, actors: Sequence[Actor]) -> int:
    """Put organisations at the end of a list; return how many were not in it.

    Raises:
        NotAllowed: it is somebody else's.
        InvalidInput: the list would hold too many.
    """
    require(by, "knowledge.shortlist_change", shortlist)
    Shortlist.objects.select_for_update().get(pk=shortlist.pk)
    known = set(shortlist.entries.values_list("actor_id", flat=True))
    fresh = [actor for actor in actors if actor.pk not in known]
    if len(known) + len(fresh) > LISTED_AT_MOST:
        raise InvalidInput(
            _("A list holds at most %(limit)s organisations.") % {"limit": LISTED_AT_MOST}
        )
    last = shortlist.entries.aggregate(last=Max("position"))["last"] or 0
    ShortlistEntry.objects.bulk_create(
        ShortlistEntry(shortlist=shortlist, actor=actor, position=last + step)
        for step, actor in enumerate(fresh, start=1)
    )
    shortlist.save(update_fields=["changed_at"])
    if fresh:
        added = [actor.public_id for actor in fresh]
        record(by=by, verb="knowledge.shortlist_change", obj=shortlist, data={"added": added})
    return len(fresh)


@transaction.atomic
def take_off_shortlist(*, by: User, shortlist: Shortlist, entry: ShortlistEntry) -> None:
    """Take an organisation off a list, with what was noted of it and of what was joined to it.

    Raises:
        NotAllowed: the list is somebody else's.
    """
    require(by, "knowledge.shortlist_change", shortlist)
    public_id = entry.actor.public_id
    shortlist.entries.filter(actor__merged_into=entry.actor_id).delete()
    entry.delete()
    shortlist.save(update_fields=["changed_at"])
    record(by=by, verb="knowledge.shortlist_change", obj=shortlist, data={"removed": public_id})


@transaction.atomic
def note_entry(*, by: User, shortlist: Shortlist, entry: ShortlistEntry, note: str) -> None:
    """Write what one thinks of an organisation on a list; it is nowhere else.

    Raises:
        NotAllowed: the list is somebody else's.
    """
    require(by, "knowledge.shortlist_change", shortlist)
    entry.note = note.strip()[:500]
    entry.save(update_fields=["note"])
    shortlist.entries.filter(actor__merged_into=entry.actor_id).update(note="")
    shortlist.save(update_fields=["changed_at"])


@transaction.atomic
def move_entry(*, by: User, shortlist: Shortlist, entry: ShortlistEntry, up: bool) -> None:
    """Let an organisation change places with the one before or after it.

    Raises:
        NotAllowed: the list is somebody else's.
    """
    require(by, "knowledge.shortlist_change", shortlist)
    Shortlist.objects.select_for_update().get(pk=shortlist.pk)
    shown = [one.entry for one in listed_actors(viewer=by, shortlist=shortlist)]
    at = next((n for n, one in enumerate(shown) if one.pk == entry.pk), None)
    to = None if at is None else at + (-1 if up else 1)
    if at is None or to is None or not 0 <= to < len(shown):
        return
    shown[at], shown[to] = shown[to], shown[at]
    for position, one in enumerate(shown, start=1):
        one.position = position
    ShortlistEntry.objects.bulk_update(shown, ["position"])
    shortlist.save(update_fields=["changed_at"])


def _write(shortlist: Shortlist, *, name: str, note: str, for_team: bool) -> None:
    name = " ".join(name.split())[:120]
    if not name:
        raise InvalidInput(fields={"name": _("Give the list a name.")})
    namesakes = Shortlist.objects.filter(owner=shortlist.owner_id, name=name)
    if namesakes.exclude(pk=shortlist.pk).exists():
        raise InvalidInput(fields={"name": _("You have a list of that name.")})
    shortlist.name, shortlist.note, shortlist.for_team = name, note.strip()[:500], for_team
    shortlist.save()
