"""What is told of saved searches and of files that were made."""

from collections.abc import Sequence
from typing import cast

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minka.core.models import Notice, User
from minka.core.notices import Message, notify
from minka.knowledge.models import Actor, DirectoryExport, SavedSearch
from minka.knowledge.states import ExportState

SALT = "minka.knowledge.saved_search"
NAMED_AT_MOST = 10
FOUND = "knowledge.search_found"


def silence_token(*, search_id: int) -> str:
    """Return what the link that ends the letters carries: good for this search alone."""
    return signing.Signer(salt=SALT, sep=".").sign_object(search_id)


def search_id_of(*, token: str) -> int | None:
    """Return which search a link is about, None when nobody here made it."""
    try:
        return cast("int", signing.Signer(salt=SALT, sep=".").unsign_object(token))
    except signing.BadSignature:
        return None


def way_out_of_search(notice: Notice) -> str:
    """Return the address that ends the letters of the search that a notice is about."""
    number = int(notice.key.split(":")[1])
    return reverse("knowledge:search_silence", args=[silence_token(search_id=number)])


def tell_new_matches(*, search: SavedSearch, fresh: Sequence[int], number: int) -> None:
    """Tell the owner whom a search newly finds: ten by name, the rest by number."""
    shown = Actor.objects.filter(pk__in=fresh[:NAMED_AT_MOST]).select_related("region")
    actors = list(shown.order_by("name_key", "pk"))
    stop = reverse("knowledge:search_silence", args=[silence_token(search_id=search.pk)])

    def compose(_person: User) -> Message:
        lines = [f"· {_line(actor)}" for actor in actors]
        if len(fresh) > len(actors):
            lines.append(_("and %(count)s more") % {"count": len(fresh) - len(actors)})
        subject = ngettext(
            "%(count)s new organisation in “%(name)s”",
            "%(count)s new organisations in “%(name)s”",
            len(fresh),
        )
        end = _("To get no more letters about this search: %(link)s")
        return Message(
            subject=subject % {"count": len(fresh), "name": search.name},
            body="\n".join([*lines, "", end % {"link": settings.MINKA_BASE_URL + stop}]),
            url=reverse("knowledge:saved_search", args=[search.pk]),
        )

    notify(
        recipients=[search.owner],
        kind=FOUND,
        key=f"search:{search.pk}:{number}",
        compose=compose,
    )


def tell_export_done(*, export: DirectoryExport) -> None:
    """Tell whoever asked that their file is there, or could not be made."""

    def compose(_person: User) -> Message:
        ready = export.state == ExportState.READY
        return Message(
            subject=_("Your file of the directory is ready")
            if ready
            else _("Your file of the directory could not be made"),
            body=_("It can be downloaded for 30 days.")
            if ready
            else _("Try again, or choose fewer organisations."),
            url=reverse("knowledge:export_file", args=[export.public_id]),
        )

    notify(
        recipients=[export.by],
        kind="knowledge.export_done",
        key=f"export:{export.pk}:{export.state}",
        compose=compose,
    )


def _line(actor: Actor) -> str:
    region = actor.region.name if actor.region else ""
    return " · ".join(filter(None, [actor.name, str(actor.get_kind_display()), region]))
