"""Organisations over JSON: the same queries as the pages, for whoever is signed in."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema

from minka.knowledge.api.schemas import (
    ActorDetailOut,
    ActorOut,
    ActorsOut,
    CapabilityOut,
    CertificationOut,
    ContactOut,
    IdentifierOut,
    PlaceOut,
    ProductOut,
    ProfileOut,
)
from minka.knowledge.models import Actor
from minka.knowledge.queries.actors import actor_for_page, records_of
from minka.knowledge.queries.directory import DirectoryFilter, directory, directory_counts
from minka.knowledge.queries.numbers import told_numbers
from minka.knowledge.queries.profile import profile_lists
from minka.knowledge.states import ActorKind

router = Router(tags=["knowledge"])

PER_PAGE = 50


class ActorsQuery(Schema):
    """What to list; repeated values widen, different fields narrow."""

    q: str = ""
    kind: list[ActorKind] = []
    region: list[int] = []
    country: list[str] = []
    page: int = 1


@router.get("/actors", response=ActorsOut, operation_id="list_actors")
def list_actors(request: HttpRequest, query: Query[ActorsQuery]) -> dict[str, Any]:
    """List organisations by name, fifty at a time."""
    wanted = DirectoryFilter(
        words=query.q[:120],
        kinds=tuple(sorted({str(kind) for kind in query.kind})),
        regions=tuple(sorted({pk for pk in query.region if 0 < pk < 2**31})),
        countries=tuple(sorted(set(query.country))),
    )
    total = directory_counts(viewer=request.user, wanted=wanted).total
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(1, query.page), pages)
    found = directory(viewer=request.user, wanted=wanted).select_related("place", "region")
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    return {"total": total, "page": page, "pages": pages, "items": [_brief(a) for a in shown]}


@router.get("/actors/{public_id}", response=ActorDetailOut, operation_id="read_actor")
def read_actor(request: HttpRequest, public_id: str) -> dict[str, Any]:
    """Read one organisation."""
    actor = actor_for_page(viewer=request.user, public_id=public_id)
    if actor is None:
        raise Http404
    told = records_of(viewer=request.user, actor=actor).values_list("source__name", flat=True)
    return {
        **_brief(actor).dict(),
        "description": actor.description,
        "website": actor.website,
        "email": actor.email,
        "phone": actor.phone,
        "address": actor.address,
        "founded_year": actor.founded_year,
        "other_names": [name.text for name in actor.other_names.all()],
        "identifiers": [
            IdentifierOut(scheme=one.scheme, value=one.value, withheld=one.is_withheld)
            for one in told_numbers(
                viewer=request.user, actor=actor, identifiers=actor.identifiers.all()
            )
        ],
        "themes": [theme.slug for theme in actor.themes.all()],
        "sources": sorted(set(told)),
        "profile": _profile(request, actor),
        "updated_at": actor.updated_at,
    }


def _profile(request: HttpRequest, actor: Actor) -> ProfileOut:
    lists = profile_lists(viewer=request.user, actor=actor)
    return ProfileOut(
        size_band=actor.size_band,
        languages=actor.languages,
        activities=[one.code for one in lists["activities"]],
        products=[ProductOut(name=one.name, unspsc=one.unspsc) for one in lists["products"]],
        capabilities=[
            CapabilityOut(theme=one.theme.slug, trl=one.trl, evidence=one.evidence)
            for one in lists["capabilities"]
        ],
        certifications=[
            CertificationOut(name=one.name, issuer=one.issuer, expires_on=one.expires_on)
            for one in lists["certifications"]
        ],
        contacts=[ContactOut(label=o.label, kind=o.kind, value=o.value) for o in lists["contacts"]],
        claimed_at=actor.claimed_at,
        verified_at=actor.verified_at,
        confirmed_at=actor.confirmed_at,
    )


def _brief(actor: Actor) -> ActorOut:
    return ActorOut(
        public_id=actor.public_id,
        name=actor.name,
        kind=actor.kind,
        activity=actor.activity,
        where=PlaceOut(
            region=actor.region.name if actor.region else "",
            place=actor.place.name if actor.place else "",
            country=actor.country,
            latitude=actor.latitude,
            longitude=actor.longitude,
            is_exact=actor.location_is_exact,
        ),
    )
