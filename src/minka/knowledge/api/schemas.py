"""What the API says of organisations."""

from datetime import datetime

from ninja import Schema


class PlaceOut(Schema):
    """A place as far as it is known."""

    region: str
    place: str
    country: str
    latitude: float | None
    longitude: float | None
    is_exact: bool


class ActorOut(Schema):
    """An organisation in a list."""

    public_id: str
    name: str
    kind: str
    activity: str
    where: PlaceOut


class ActorsOut(Schema):
    """One page of organisations."""

    total: int
    page: int
    pages: int
    items: list[ActorOut]


class IdentifierOut(Schema):
    """A number by which a register knows the organisation."""

    scheme: str
    value: str


class ActorDetailOut(ActorOut):
    """An organisation with what is known of it."""

    description: str
    website: str
    email: str
    phone: str
    address: str
    founded_year: int | None
    other_names: list[str]
    identifiers: list[IdentifierOut]
    themes: list[str]
    sources: list[str]
    updated_at: datetime
