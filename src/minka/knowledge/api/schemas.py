"""What the API says of organisations."""

from datetime import date, datetime

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
    """A number by which a register knows the organisation.

    One that is `withheld` belongs to a natural person and has no value here.
    """

    scheme: str
    value: str
    withheld: bool


class ProductOut(Schema):
    """A product or service."""

    name: str
    unspsc: str


class CapabilityOut(Schema):
    """A theme and its technology readiness level, 1 to 9."""

    theme: str
    trl: int
    evidence: str


class CertificationOut(Schema):
    """A certificate; `expires_on` is the last day on which it is valid."""

    name: str
    issuer: str
    expires_on: date | None


class ContactOut(Schema):
    """A contact that the reader may see."""

    label: str
    kind: str
    value: str


class ProfileOut(Schema):
    """The lists of a profile."""

    size_band: str
    languages: list[str]
    activities: list[str]
    products: list[ProductOut]
    capabilities: list[CapabilityOut]
    certifications: list[CertificationOut]
    contacts: list[ContactOut]
    claimed_at: datetime | None
    verified_at: datetime | None
    confirmed_at: datetime | None


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
    profile: ProfileOut
    updated_at: datetime
