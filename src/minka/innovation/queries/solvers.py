"""Who of the map could answer a challenge, with reasons; and what nobody offers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minka.innovation.models import Challenge, Proposal, SolverInvitation
from minka.innovation.queries.challenges import PUBLIC
from minka.innovation.queries.problems_themes import label_of
from minka.innovation.states import ProposalState
from minka.knowledge.models import Actor, Capability, Theme
from minka.knowledge.queries.directory import visible_actors
from minka.knowledge.queries.fitting import valid_certifications
from minka.knowledge.queries.search import search
from minka.knowledge.states import ActorKind
from minka.methods.search.asking import pieces
from minka.methods.solver_fit import Fit, Offer, Sign, Want, Wanted, fit, wants

NEAREST = 300  # of the search that are looked at
BY_THEME = 600  # of those who work in a theme of the challenge, besides
SHOWN = 60
SHARED_ROOTS = 0.5  # of a product's words that stand in the challenge, from which it is a reason
NOT_ASKED = (ActorKind.MINING_COMPANY, ActorKind.GOVERNMENT, ActorKind.COMMUNITY, ActorKind.FUND)


@dataclass(frozen=True, slots=True)
class Solver:
    """An organisation that could answer, with what speaks for it in words."""

    actor: Actor
    fit: Fit
    reasons: tuple[str, ...]
    invitation: SolverInvitation | None

    @property
    def points(self) -> int:
        """Out of 100, whole."""
        return round(self.fit.points)


@dataclass(frozen=True, slots=True)
class Gap:
    """A theme of the challenge that is thinly served, in a sentence."""

    theme: Theme
    want: Want
    words: str


@dataclass(frozen=True, slots=True)
class Solvers:
    """The best first, and the themes with nobody near who is ripe enough."""

    listed: list[Solver]
    gaps: list[Gap]


def likely_solvers(*, viewer: Any, challenge: Challenge, only_ripe: bool = False) -> Solvers:
    """Return who could answer, for those who prepare challenges; nothing for anybody else.

    A constant number of SQL statements. The companies that have the problem are left out, as are
    types of actors that do not solve problems of others. Whether somebody has begun to answer
    stays unknown: only proposals to calls that have closed count as experience.
    """
    if not viewer.has_perm("innovation.challenge_write"):
        return Solvers([], [])
    themes = list(challenge.themes.all())
    owners = {problem.company_id for problem in challenge.problems.all()}
    places = {pk: at for at, pk in enumerate(_nearest(viewer, challenge))}
    regions = Actor.objects.filter(pk__in=owners).values_list("region_id", flat=True)
    wanted = Wanted(
        frozenset(theme.pk for theme in themes),
        challenge.trl_minimum,
        frozenset(one for one in regions if one),
    )
    actors = list(_candidates(viewer, wanted, owners, places))
    asked = set(pieces(_words(challenge)))
    experience = _experience(actors)
    offers = {one.pk: _offer(one, places, asked, experience) for one in actors}
    fits = {pk: fit(wanted, offer) for pk, offer in offers.items()}
    if only_ripe:
        actors = [one for one in actors if fits[one.pk].is_ripe]
    actors.sort(key=lambda one: (-fits[one.pk].points, one.name_key, one.pk))
    labels = {theme.pk: label_of(theme) for theme in themes}
    invited = {one.actor_id: one for one in challenge.solver_invitations.all() if one.actor_id}
    listed = [
        Solver(
            one,
            fits[one.pk],
            tuple(_reasons(fits[one.pk], offers[one.pk], labels)),
            invited.get(one.pk),
        )
        for one in actors[:SHOWN]
    ]
    found = {theme.pk: theme for theme in themes}
    gaps = [_gap(found[want.theme], want, wanted) for want in wants(wanted, offers)]
    return Solvers(listed, [gap for gap in gaps if gap.want.is_missing])


def _words(challenge: Challenge) -> str:
    said = (challenge.title_es, challenge.title_en, challenge.summary_es, challenge.summary_en)
    return " ".join((*said, challenge.sought_es, challenge.sought_en))


def _nearest(viewer: Any, challenge: Challenge) -> list[int]:
    """Return ids by how near the profile is to the words; both languages are asked."""
    text = f"{challenge.title_es} {challenge.title_en}"
    context = f"{challenge.summary_es} {challenge.sought_es} {challenge.summary_en}"
    return search(viewer=viewer, text=text, context=context, limit=NEAREST)


def _candidates(
    viewer: Any, wanted: Wanted, owners: Iterable[int], places: Mapping[int, int]
) -> QuerySet[Actor]:
    solvers = visible_actors(viewer=viewer).exclude(pk__in=owners).exclude(kind__in=NOT_ASKED)
    able = Capability.objects.filter(theme__in=wanted.themes).values("actor")
    carried = Actor.themes.through.objects.filter(theme_id__in=wanted.themes).values("actor_id")
    near = solvers.filter(Q(pk__in=able) | Q(pk__in=carried)).order_by("-updated_at", "pk")
    ids = {*places, *near.values_list("pk", flat=True)[:BY_THEME]}
    return (
        solvers.filter(pk__in=ids)
        .select_related("region", "owner")
        .prefetch_related(
            "themes",
            "capabilities",
            "products",
            Prefetch("certifications", valid_certifications(), to_attr="valid_certifications"),
        )
    )


def _experience(actors: Iterable[Actor]) -> dict[int, int]:
    """Return how many proposals each handed in to challenges whose decisions are released."""
    handed_in = Proposal.objects.filter(
        lead__in=[one.pk for one in actors],
        state=ProposalState.SUBMITTED,
        challenge__released_at__isnull=False,
    )
    counted = handed_in.order_by().values("lead").annotate(total=Count("pk"))
    return {row["lead"]: row["total"] for row in counted}


def _offer(
    actor: Any, places: Mapping[int, int], asked: set[str], experience: Mapping[int, int]
) -> Offer:
    return Offer(
        place=places.get(actor.pk),
        themes=frozenset(theme.pk for theme in actor.themes.all()),
        capabilities={one.theme_id: one.trl for one in actor.capabilities.all()},
        products=tuple(one.name for one in actor.products.all() if _is_asked(one.name, asked)),
        region=actor.region_id,
        certifications=tuple(one.name for one in actor.valid_certifications),
        proposals=experience.get(actor.pk, 0),
    )


def _is_asked(name: str, asked: set[str]) -> bool:
    own = set(pieces(name))
    return bool(own) and len(own & asked) / len(own) >= SHARED_ROOTS


def _reasons(found: Fit, offer: Offer, labels: Mapping[int, str]) -> Iterable[str]:
    """Yield what speaks for it, the weightiest first."""
    if found.capability:
        theme, trl = found.capability
        said = {"theme": labels[theme], "trl": trl}
        yield _("TRL %(trl)s in %(theme)s") % said
        if not found.is_ripe:
            yield _("below the TRL asked for")
    rest = found.themes - ({found.capability[0]} if found.capability else set())
    if rest:
        names = ", ".join(sorted(labels[theme] for theme in rest))
        yield _("works in %(themes)s") % {"themes": names}
    if offer.products:
        yield _("offers %(products)s") % {"products": ", ".join(offer.products[:2])}
    if Sign.TEXT in found.signs:
        yield _("its description is near to the challenge")
    if Sign.REGION in found.signs:
        yield _("has its seat in the region")
    if offer.certifications:
        yield ", ".join(offer.certifications[:2])
    if offer.proposals:
        yield ngettext(
            "%(count)s proposal to earlier challenges",
            "%(count)s proposals to earlier challenges",
            offer.proposals,
        ) % {"count": offer.proposals}


def _gap(theme: Theme, want: Want, wanted: Wanted) -> Gap:
    said = {"theme": label_of(theme), "trl": wanted.trl_minimum or 1, "count": want.offering}
    if not want.offering:
        words = _("Nobody on the map works in %(theme)s.")
    elif not want.ripe:
        words = _("Nobody with TRL %(trl)s or more in %(theme)s; %(count)s work in it.")
    else:
        words = _("Nobody with TRL %(trl)s or more in %(theme)s in the region of the problem.")
    return Gap(theme, want, words % said)


def invitations_of(*, viewer: Any, challenge: Challenge) -> QuerySet[SolverInvitation]:
    """Return who was invited to a challenge, the last first, to those who prepare challenges."""
    found = challenge.solver_invitations.select_related("actor", "invited_by").order_by("-pk")
    return found if viewer.has_perm("innovation.challenge_write") else found.none()


def invitation_by_link(*, invitation_id: int) -> SolverInvitation | None:
    """No person: return the invitation of a personal link while its challenge is public."""
    found = SolverInvitation.objects.filter(pk=invitation_id, challenge__state__in=PUBLIC)
    return found.select_related("challenge__call", "challenge__edition", "actor").first()


def address_of(actor: Actor) -> str:
    """No person: return where an organisation is written to: its owner, else its own address.

    The caller decides whether to write; the address is shown to nobody.
    """
    owner = actor.owner
    return owner.email if owner is not None and owner.is_active else actor.email


def fitting_challenges(
    *, actor: Actor, challenges: Iterable[Challenge]
) -> list[tuple[Challenge, Fit, tuple[str, ...]]]:
    """Return the challenges that fit an organisation by what it says it does, the best first.

    No viewer: the caller names public challenges and an organisation of the reader. What the words
    of a profile are near to is not asked, so that nothing but public signs counts.
    """
    found = []
    known: Any = (
        Actor.objects.filter(pk=actor.pk)
        .prefetch_related(
            "themes",
            "capabilities",
            "products",
            Prefetch("certifications", valid_certifications(), to_attr="valid_certifications"),
        )
        .first()
    )
    for challenge in challenges:
        themes = list(challenge.themes.all())
        wanted = Wanted(frozenset(one.pk for one in themes), challenge.trl_minimum)
        offer = _offer(known, {}, set(pieces(_words(challenge))), {})
        points = fit(wanted, offer)
        labels = {theme.pk: label_of(theme) for theme in themes}
        found.append((challenge, points, tuple(_reasons(points, offer, labels))))
    return sorted(found, key=lambda row: (-row[1].points, row[0].pk))
