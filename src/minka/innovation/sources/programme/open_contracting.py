"""What is public of challenges and contracts, in the shape of OCDS 1.1 (Open Contracting).

One process per published challenge (tender, then award once decisions are released), and one per
agreement that all its parties let be told (award, contract, implementation). An agreement that
comes of a challenge which names its company belongs to the process of that challenge.

Source: Open Contracting Data Standard 1.1.5, release schema,
https://standard.open-contracting.org/1.1/en/schema/release/
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from minka.core.http import absolute
from minka.innovation.models import Agreement, Challenge, Proposal
from minka.innovation.queries.agreements import public_agreements
from minka.innovation.queries.challenges import published_challenges
from minka.innovation.states import CallPhase, Outcome, ProposalState
from minka.innovation.states.agreements import AgreementOutcome, AgreementState, PartyRole
from minka.knowledge.models import Actor

VERSION = "1.1"
PREFIX = "minka"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
TENDER_STATUS = {CallPhase.UPCOMING: "planned", CallPhase.OPEN: "active"}


def release_package(*, language: str) -> dict[str, Any]:
    """No person: return every public release; the same for everybody, whoever asks."""
    releases = _releases(language)
    changed = [one["date"] for one in releases]
    return {
        "uri": absolute(reverse("innovation:ocds")),
        "version": VERSION,
        "publishedDate": max(changed, default=_instant(timezone.now())),
        "publisher": {"name": settings.MINKA_CLUSTER_NAME, "uri": absolute("/")},
        "license": LICENCE,
        "publicationPolicy": absolute(reverse("innovation:open_contracting")),
        "releases": releases,
    }


def ocid(kind: str, name: str) -> str:
    """No person: return the id of a process: prefix of the cluster, kind, and name."""
    return f"{PREFIX}-{slugify(settings.MINKA_CLUSTER_NAME)}-{kind}-{name}"


def _releases(language: str) -> list[dict[str, Any]]:
    told = list(public_agreements().prefetch_related("milestones", "payments"))
    processes = {one.pk: _process(one) for one in told}
    of_challenges: dict[int, list[Agreement]] = {}
    alone = []
    for one in told:
        challenge = one.decision.proposal.challenge if one.decision else None
        if challenge is not None and challenge.names_company:
            of_challenges.setdefault(challenge.pk, []).append(one)
        else:
            alone.append(one)
    found = []
    challenges = published_challenges().select_related("call", "edition").order_by("pk")
    selected = _selected(challenges)
    for challenge in challenges.prefetch_related("problems__company", "problems__partners"):
        agreed = of_challenges.get(challenge.pk, [])
        found.append(_of_challenge(challenge, selected.get(challenge.pk, []), agreed, language))
    found += [_of_agreement(one) for one in alone]
    for release in found:
        if prior := _prior(release["ocid"], told, processes):
            release["relatedProcesses"] = prior
    return found


def _process(agreement: Agreement) -> str:
    """Return the id of the process to which a public agreement belongs."""
    challenge = agreement.decision.proposal.challenge if agreement.decision else None
    if challenge is not None and challenge.names_company:
        return ocid("desafio", challenge.slug)
    return ocid("acuerdo", str(agreement.public_id))


def _prior(here: str, told: Sequence[Agreement], processes: dict[int, str]) -> list[dict[str, Any]]:
    """Return the processes that one follows from: of agreements that are public themselves."""
    earlier = {
        processes[one.follows_id]: None
        for one in told
        if processes[one.pk] == here and one.follows_id in processes
    }
    return [
        {"id": str(number), "relationship": ["prior"], "scheme": "ocid", "identifier": name}
        for number, name in enumerate((one for one in earlier if one != here), start=1)
    ]


def _selected(challenges: QuerySet[Any]) -> dict[int, list[Actor]]:
    chosen = Proposal.objects.filter(
        challenge__in=challenges.filter(released_at__isnull=False),
        state=ProposalState.SUBMITTED,
        decision__outcome=Outcome.SELECTED,
        decision__released_at__isnull=False,
    ).select_related("lead")
    found: dict[int, list[Actor]] = {}
    for one in chosen.order_by("pk"):
        found.setdefault(one.challenge_id, []).append(one.lead)
    return found


def _of_challenge(
    challenge: Challenge, selected: Sequence[Actor], agreed: Sequence[Agreement], language: str
) -> dict[str, Any]:
    buyers = _companies(challenge) if challenge.names_company else []
    signed = [supplier for one in agreed for supplier in _actors(one, PartyRole.SOLVER)]
    at = max(
        [
            challenge.published_at or challenge.created_at,
            *([challenge.released_at] if challenge.released_at else []),
            *(_changed(one) for one in agreed),
        ]
    )
    tags = ["planning", "tender"]
    tags += ["award"] * bool(selected or agreed) + ["contract"] * bool(agreed)
    tags += ["implementation"] * any(one.milestones.all() for one in agreed)
    release: dict[str, Any] = {
        **_head(ocid("desafio", challenge.slug), at, tags, language),
        "parties": _parties(buyers, [*selected, *signed]),
        "planning": {
            "rationale": _text(challenge, "background", language),
            "milestones": [
                {
                    "id": "call-opens",
                    "type": "preProcurement",
                    "dueDate": _instant(challenge.call.opens_at),
                }
            ],
        },
        "tender": _tender(challenge, language),
    }
    if buyers:
        release["buyer"] = _reference(buyers[0])
    awards = [
        _award(f"{challenge.slug}-{n}", [one], challenge.released_at)
        for n, one in enumerate(selected, start=1)
    ]
    contracts = []
    for one in agreed:
        award = _award(str(one.public_id), _actors(one, PartyRole.SOLVER), one.in_force_at)
        awards.append(award)
        contracts.append(_contract(one, award["id"]))
    if awards:
        release["awards"] = awards
    if contracts:
        release["contracts"] = contracts
    return release


def _of_agreement(agreement: Agreement) -> dict[str, Any]:
    buyers = _actors(agreement, PartyRole.COMPANY)
    suppliers = _actors(agreement, PartyRole.SOLVER)
    award = _award(str(agreement.public_id), suppliers, agreement.in_force_at)
    tags = ["award", "contract"]
    tags += ["implementation"] * bool(agreement.milestones.all())
    return {
        **_head(
            ocid("acuerdo", str(agreement.public_id)),
            _changed(agreement),
            tags,
            agreement.language,
        ),
        "parties": _parties(buyers, suppliers),
        "buyer": _reference(buyers[0]),
        "awards": [award],
        "contracts": [_contract(agreement, award["id"])],
    }


def _head(name: str, at: datetime, tags: list[str], language: str) -> dict[str, Any]:
    stamp = _instant(at)
    return {
        "ocid": name,
        "id": f"{name}-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        "date": stamp,
        "tag": tags,
        "initiationType": "tender",
        "language": language,
    }


def _tender(challenge: Challenge, language: str) -> dict[str, Any]:
    call = challenge.call
    return {
        "id": challenge.slug,
        "title": _text(challenge, "title", language),
        "description": _text(challenge, "summary", language),
        "status": TENDER_STATUS.get(call.phase, "complete"),
        "procurementMethod": "open",
        "procurementMethodDetails": "Open innovation challenge",
        "awardCriteria": "qualityOnly",
        "tenderPeriod": {
            "startDate": _instant(call.opens_at),
            "endDate": _instant(call.closes_at),
        },
        "documents": [
            {
                "id": "page",
                "documentType": "tenderNotice",
                "url": absolute(reverse("innovation:challenge", args=[challenge.slug])),
                "format": "text/html",
            }
        ],
    }


def _award(name: str, suppliers: Sequence[Actor], at: datetime | None) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": f"award-{name}",
        "status": "active",
        "suppliers": [_reference(one) for one in suppliers],
    }
    if at:
        found["date"] = _instant(at)
    return found


def _contract(agreement: Agreement, award: str) -> dict[str, Any]:
    """Return what is public of an agreement: that it is, its kind, dates, and how far it got."""
    closed = agreement.state == AgreementState.CLOSED
    stopped = agreement.outcome == AgreementOutcome.STOPPED
    contract: dict[str, Any] = {
        "id": str(agreement.public_id),
        "awardID": award,
        "title": str(agreement.get_kind_display()),
        "status": "terminated" if closed else "active",
        "statusDetails": agreement.outcome if closed else "",
    }
    if agreement.signed_on:
        contract["dateSigned"] = _instant(_noon(agreement.signed_on))
    period = {
        name: _instant(_noon(day))
        for name, day in (("startDate", agreement.starts_on), ("endDate", agreement.ends_on))
        if day
    }
    if period:
        contract["period"] = period
    milestones = list(agreement.milestones.all())
    if milestones and not stopped:
        met = sum(one.accepted_at is not None for one in milestones)
        contract["implementation"] = {
            "milestones": [
                {
                    "id": "all",
                    "type": "delivery",
                    "description": f"{met} / {len(milestones)}",
                    "status": "met" if met == len(milestones) else "scheduled",
                }
            ]
        }
    return contract


def _changed(agreement: Agreement) -> datetime:
    return agreement.closed_at or agreement.in_force_at or agreement.created_at


def _actors(agreement: Agreement, role: str) -> list[Actor]:
    return [one.actor for one in agreement.parties.all() if one.role == role and one.actor]


def _companies(challenge: Challenge) -> list[Actor]:
    found = {
        actor.pk: actor
        for problem in challenge.problems.all()
        for actor in (problem.company, *problem.partners.all())
    }
    return list(found.values())


def _parties(buyers: Sequence[Actor], suppliers: Sequence[Actor]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for role, actors in (("buyer", buyers), ("supplier", suppliers)):
        for one in actors:
            entry = found.setdefault(one.public_id, {**_reference(one), "roles": []})
            if role not in entry["roles"]:
                entry["roles"].append(role)
    return list(found.values())


def _reference(actor: Actor) -> dict[str, str]:
    return {"id": actor.public_id, "name": actor.name}


def _text(challenge: Challenge, name: str, language: str) -> str:
    text: str = getattr(challenge, f"{name}_{language}") or getattr(challenge, f"{name}_es")
    return text


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
