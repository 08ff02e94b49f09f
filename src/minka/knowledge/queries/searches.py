"""Searches that people keep, their own and those shared with them."""

from typing import Any

from django.db.models import QuerySet

from minka.knowledge.models import SavedSearch
from minka.knowledge.queries.directory import directory
from minka.knowledge.queries.filter_address import filter_at


def visible_searches(*, viewer: Any) -> QuerySet[SavedSearch]:
    """Return one's own and, for the cluster team, those shared with it."""
    found = SavedSearch.objects.defer("known").select_related("owner")
    if not viewer.is_authenticated:
        return found.none()
    own = found.filter(owner=viewer)
    return own | found.filter(for_team=True) if viewer.is_staff else own


def own_searches(*, viewer: Any) -> QuerySet[SavedSearch]:
    """Return the searches that `viewer` keeps."""
    return visible_searches(viewer=viewer).filter(owner=viewer.pk)


def search_by_link(*, viewer: Any, token: str) -> SavedSearch | None:  # noqa: ARG001 -- by its link
    """Return the search that a link leads to; whoever has the link was given it."""
    found = SavedSearch.objects.defer("known").select_related("owner")
    return found.filter(token=token, owner__is_active=True).first() if token else None


def search_of_letter(*, viewer: Any, pk: int) -> SavedSearch | None:  # noqa: ARG001 -- by its link
    """Return the search that a letter was about; whoever has its link was sent it."""
    return SavedSearch.objects.defer("known").filter(pk=pk).first()


def ids_found(*, viewer: Any, address: str) -> set[int]:
    """Return the actors that a search finds now."""
    found = directory(viewer=viewer, wanted=filter_at(address)).order_by()
    return set(found.values_list("pk", flat=True))
