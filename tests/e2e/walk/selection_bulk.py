"""The bulk of a selection of 42 proposals: what people would do 40 times is done by its actions."""

from dataclasses import dataclass, field
from typing import Any

from minka.innovation.actions.challenges import draft_challenge, save_challenge
from minka.innovation.actions.challenges_publication import publish_challenge
from minka.innovation.actions.criteria import CriterionRow
from minka.innovation.actions.evaluation_terms import CheckRow, settle_terms
from minka.innovation.actions.evaluations import (
    CheckInput,
    ScoreInput,
    declare_no_conflict,
    save_scores,
    submit_scores,
)
from minka.innovation.actions.evaluators import (
    Competence,
    Side,
    describe_evaluator,
    state_interest,
)
from minka.innovation.actions.handing_in import submit_proposal
from minka.innovation.actions.protection import choose_protection
from minka.innovation.models import Assignment, Challenge, Proposal
from minka.innovation.queries.evaluations import own_checks, own_criteria
from minka.innovation.states import AssignmentState, Protection
from minka.knowledge.sources.reference import ensure_reference_data
from tests.e2e import stories
from tests.factories import (
    ActorFactory,
    EditionFactory,
    MembershipFactory,
    ProblemFactory,
    ProposalFactory,
    UserFactory,
)
from tests.innovation.challenge_stories import SCALE, TEXTS, approve_all, whole
from tests.innovation.people import person_of

TITLE_ES, TITLE_EN = "Revestimientos que duren una campaña", "Liners that last a whole campaign"
MINE = "Minera Quebrada Honda S.A."
CHECK = "¿Están identificados los peligros del piloto y sus controles?"
TECHNICAL = ("Evidencia de desempeño", "Solidez técnica")
OPERATIONAL = ("Ajuste a la operación", "Beneficio frente al costo")
ENGLISH = {
    "Evidencia de desempeño": "Evidence of performance",
    "Solidez técnica": "Technical soundness",
    "Ajuste a la operación": "Fit with the operation",
    "Beneficio frente al costo": "Benefit against cost",
}
RUBRIC = [
    CriterionRow(name_es=name, name_en=ENGLISH[name], weight=25, gate=gate, **SCALE)
    for gate, names in (("technical", TECHNICAL), ("operational", OPERATIONAL))
    for name in names
]
THINGS = (
    "Aleación de alto cromo", "Caucho con insertos", "Cerámica moldeada", "Fundición bainítica",
    "Sensor de espesor", "Molde de cambio rápido", "Recubrimiento por plasma", "Acero perlítico",
    "Polímero reforzado", "Diseño por elementos discretos", "Placa híbrida", "Perno inteligente",
    "Robot de recambio", "Gemelo digital del molino",
)  # fmt: skip
PLACES = ("para molinos SAG", "para molinos de bolas", "para chancado terciario")
EXPERTS = (
    "Teodoro Ccopa", "Beatriz Lazo", "Camilo Rosas", "Diana Falcón", "Elías Gamarra",
    "Fiorella Núñez", "Gonzalo Yupanqui",
)  # fmt: skip
AREAS = ("Hilda Mamani", "Iván Cáceres", "Justina Quispe", "Kevin Salas")
REASON = "Se midió durante seis meses en una planta comparable."


@dataclass
class Cast:
    """Who is around one challenge with 42 proposals."""

    team: Any
    other_team: Any  # takes no part until an appeal comes
    representative: Any
    foreigner: Any  # an expert who reads English
    experts: list[Any]
    areas: list[Any]
    committee: list[Any]
    challenge: Challenge
    proposals: list[Proposal] = field(default_factory=list)


def cast() -> Cast:
    """Publish a challenge, let 42 suppliers answer it, close the call; twelve can evaluate."""
    ensure_reference_data()
    edition = EditionFactory()
    team = UserFactory(is_staff=True, full_name="Rosa Benavides Salas")
    mine = ActorFactory(kind="mining_company", name=MINE)
    challenge = _published(team, ProblemFactory(
        state="shortlisted", company=mine, edition=edition, title="Los revestimientos duran poco"
    ))  # fmt: skip
    area, representative = _seats(mine)
    area.full_name = AREAS[0]
    area.save()
    people = Cast(
        team=team,
        other_team=UserFactory(is_staff=True, full_name="Hugo Portocarrero"),
        representative=representative,
        foreigner=UserFactory(roles=["evaluator"], full_name="Owen Hughes", language="en"),
        experts=[UserFactory(roles=["evaluator"], full_name=name) for name in EXPERTS],
        areas=[area, *(person_of(mine, full_name=name) for name in AREAS[1:])],
        committee=[
            UserFactory(roles=["committee"], full_name=name)
            for name in ("Lorena Vizcarra", "Mauro Tejada", "Norma Alarcón")
        ],
        challenge=challenge,
    )
    _pool(people)
    for number in range(len(THINGS) * len(PLACES)):
        people.proposals.append(_handed_in(challenge, number))
    stories.close(challenge)
    challenge.refresh_from_db()
    return people


def score_the_rest(*, but: Any = None) -> None:
    """Declare, score and hand in everything that waits, the same in every run."""
    waiting = Assignment.objects.filter(
        state__in=(AssignmentState.ASSIGNED, AssignmentState.CLEARED)
    ).select_related("proposal__challenge", "proposal__lead", "evaluator")
    for assignment in waiting.order_by("pk"):
        if assignment != but:
            score_one(assignment)


def score_one(assignment: Assignment) -> None:
    """Give points that follow the number of the proposal and how severe the evaluator is."""
    by = assignment.evaluator
    if assignment.state == AssignmentState.ASSIGNED:
        declare_no_conflict(by=by, assignment=assignment)
    taste = 1 + assignment.proposal_id * 7 % 4 + by.pk % 2
    scores = {
        one.pk: ScoreInput(min(5, taste + (at + by.pk) % 2), REASON)
        for at, one in enumerate(own_criteria(assignment=assignment))
    }
    checks = {one.pk: CheckInput(True, REASON) for one in own_checks(assignment=assignment)}
    saved = save_scores(
        by=by, assignment=assignment, revision=assignment.revision, scores=scores, checks=checks,
        confidence=2,
    )  # fmt: skip
    submit_scores(by=by, assignment=assignment, revision=saved.revision)


def remember_a_client(person: Any) -> Assignment:
    """Let an expert who has handed in remember that the supplier was a client."""
    found = Assignment.objects.filter(evaluator=person, state=AssignmentState.SCORED)
    one = found.select_related("proposal__lead").order_by("pk")[0]
    state_interest(
        by=person, person=person, actor=one.proposal.lead,
        reason="Asesoré a este proveedor en 2025; recién reconozco su nombre comercial.",
    )  # fmt: skip
    return one


def _published(team: Any, problem: Any) -> Challenge:
    challenge = draft_challenge(by=team, problems=[problem])
    check = CheckRow("hse", CHECK, "Are the hazards of the pilot and their controls identified?")
    settle_terms(by=team, challenge=challenge, mode="single", checks=[check])
    named = {"title_es": TITLE_ES, "title_en": TITLE_EN}
    content = whole(texts={**TEXTS, **named}, criteria=RUBRIC)
    challenge = save_challenge(
        by=team, challenge=challenge, revision=challenge.revision, content=content
    )
    choose_protection(by=team, challenge=challenge, protection=Protection.ACCESS)
    return publish_challenge(by=team, challenge=approve_all(team, challenge))


def _seats(mine: Any) -> tuple[Any, Any]:
    """Return who approved the challenge for the company: user area and representative."""
    found = {one.role: one.user for one in mine.memberships.select_related("user")}
    return found["user_area"], found["representative"]


def _pool(people: Cast) -> None:
    sides = [(one, Side("technical", "national")) for one in people.experts]
    sides.append((people.foreigner, Side("technical", "international")))
    sides += [(one, Side("operational")) for one in people.areas]
    for person, side in sides:
        competence = Competence(
            expertise="Desgaste y reemplazo de revestimientos de molino.",
            reads_english=person == people.foreigner,
            max_load=20,
        )
        describe_evaluator(by=people.team, person=person, competence=competence, side=side)


def _handed_in(challenge: Challenge, number: int) -> Proposal:
    title = f"{THINGS[number % len(THINGS)]} {PLACES[number // len(THINGS)]}"
    lead = ActorFactory(name=f"Proveedora Andina {number + 1:02} S.A.C.")
    proposal = ProposalFactory(challenge=challenge, lead=lead, title=title)
    MembershipFactory(actor=lead, user=proposal.author, role="representative")
    submit_proposal(by=proposal.author, proposal=proposal, revision=proposal.revision)
    proposal.refresh_from_db()
    return proposal
