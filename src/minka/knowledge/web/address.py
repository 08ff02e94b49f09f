"""From the address of a page to the actor it is about."""

from django.http import Http404, HttpRequest

from minka.knowledge.models import Actor
from minka.knowledge.queries.actors import actor_for_page


def find_actor(request: HttpRequest, public_id: str) -> Actor:
    """Return the actor of an address.

    Raises:
        Http404: there is none that the viewer may know of.
    """
    actor = actor_for_page(viewer=request.user, public_id=public_id)
    if actor is None:
        raise Http404
    return actor
