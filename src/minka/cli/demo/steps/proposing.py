"""What proposals of the demonstration say in lines, who proposes together, who looks for whom."""

from decimal import Decimal
from typing import Any

from minka.cli.demo.steps.world import World
from minka.core.models import User
from minka.innovation.actions.consortium import Share, answer_as_partner, ask_partner
from minka.innovation.actions.partner_board import post_search
from minka.innovation.actions.partner_letters import Addressee, ask_by_letter
from minka.innovation.models import Proposal
from minka.innovation.states import ProposalState
from minka.knowledge.models import Actor
from minka.knowledge.states import MembershipState

RATE = Decimal("3.75")  # soles for a dollar, as the proposals state it
PARTS = (("Equipos y montaje", "equipment", 40), ("Horas de ingeniería", "people", 35))
REST = ("Ensayos de laboratorio", "services")
PHASES = ("Línea base y diseño", "Instalación y prueba en planta", "Medición e informe")
DELIVERS = ("Informe de línea base", "Equipo en marcha", "Informe final con mediciones")


def lines_of(row: dict[str, Any], author: User) -> dict[str, Any]:
    """Return budget, phases and people of a proposal that fit its amount and its months."""
    total = Decimal(row["requested_usd"])
    shares = [(concept, kind, total * per_cent // 100) for concept, kind, per_cent in PARTS]
    shares.append((*REST, total - sum(amount for _c, _k, amount in shares)))
    budget = [
        {"concept": concept, "category": kind, "amount": str(amount), "currency": "USD"}
        for concept, kind, amount in shares
    ]
    own = {"concept": "Taller y transporte propios", "category": "other", "currency": "PEN"}
    budget.append({**own, "amount": str(total // 10 * RATE), "rate": str(RATE), "paid_by": "own"})
    third = max(int(row["duration_months"]) // 3, 1)
    return {
        "budget": budget,
        "timeline": [
            {
                "phase": phase,
                "starts": str(1 + third * place),
                "ends": str(third * (place + 1)),
                "deliverable": DELIVERS[place],
            }
            for place, phase in enumerate(PHASES)
        ],
        "people": [{"name": author.get_full_name(), "role": "Dirección", "dedication": "50"}],
    }


def propose_together(world: World) -> None:
    """Let the lead of a draft ask another solver, who accepts; others look for a partner."""
    draft = (
        Proposal.objects.filter(state=ProposalState.DRAFT, challenge__consortium_allowed=True)
        .order_by("pk")
        .first()
    )
    if draft is None:
        return
    others = [one for one in world.solvers.values() if one.pk != draft.lead_id]
    people = [(one, _somebody_of(one)) for one in others]
    free = [(actor, person) for actor, person in people if person is not None]
    for actor, person in free[:1]:
        partner = ask_partner(
            by=draft.author,
            proposal=draft,
            actor=actor,
            share=Share(30, "Ensayos de laboratorio y medición en planta"),
        )
        answer_as_partner(by=person, partner=partner, accept=True)
    ask_by_letter(
        by=draft.author,
        proposal=draft,
        whom=Addressee("Laboratorio de Suelos del Altiplano", "suelos@altiplano.example"),
        share=Share(10, "Caracterización de muestras"),
    )
    for actor, person in free[1:3]:
        post_search(
            by=person,
            challenge=draft.challenge,
            actor=actor,
            offers="Taller metalmecánico con control numérico y montaje en altura.",
            seeks="Un laboratorio que mida desgaste, y quien conozca la operación de la planta.",
        )


def _somebody_of(actor: Actor) -> User | None:
    active = actor.memberships.filter(state=MembershipState.ACTIVE).select_related("user")
    found = active.order_by("pk").first()
    return found.user if found else None
