"""The pages of the house, and a small set of records that has one of each kind."""

from dataclasses import dataclass

from django.urls import reverse

from minka.core.models import User
from minka.innovation.actions.ceremony import name_custodian
from minka.innovation.actions.handing_in import submit_proposal
from minka.innovation.actions.intake import begin_by_invitation, invite_to_intake
from minka.innovation.actions.problem_drafts import add_card, open_workshop
from minka.innovation.actions.problem_thread import comment_problem
from minka.innovation.models import Challenge
from minka.innovation.notices.intake import intake_token
from minka.knowledge.sources.reference import ensure_reference_data
from tests.e2e.challenge_grounds import ask_around
from tests.e2e.ecosystem_grounds import ecosystem_addresses, kept_things
from tests.factories import (
    ActorFactory,
    AssignmentFactory,
    ChallengeFactory,
    CriterionFactory,
    DecisionFactory,
    EditionFactory,
    MembershipFactory,
    ProblemFactory,
    ProposalFactory,
    RatingCriterionFactory,
    RatingFactory,
    ScoreFactory,
    UserFactory,
)

LONG = "Compañía de Servicios Electromecánicos, Hidráulicos e Instrumentación del Altiplano S.A.C."


@dataclass(frozen=True)
class Place:
    """A page, who looks at it, and whether strangers may."""

    name: str
    address: str
    who: User | None = None


@dataclass(frozen=True)
class Cast:
    """Who looks at the pages, and one record of each kind."""

    staff: User
    solver: User
    miner: User
    evaluator: User
    open_challenge: Challenge
    pages: list[Place]


def small_cluster() -> Cast:
    """Make one of everything; return it with the pages that show it. Call inside `database()`."""
    ensure_reference_data()
    edition = EditionFactory()
    staff = UserFactory(is_staff=True, full_name="Rosa Benavides Salas")
    mine = ActorFactory(kind="mining_company", name="Minera Cerro Verdeazul S.A.", country="PE")
    firm = ActorFactory(name=LONG, activity="Bombas", country="PE", latitude=-16.4, longitude=-71.5)
    miner = UserFactory(full_name="Marco Quispe Huanca")
    MembershipFactory(user=miner, actor=mine, role="representative")
    solver = UserFactory(full_name="Julia Torres Vega")
    MembershipFactory(user=solver, actor=firm)
    criteria = [RatingCriterionFactory(edition=edition, weight=50) for _ in range(2)]
    problems = {
        state: ProblemFactory(company=mine, edition=edition, author=miner, state=state)
        for state in ("draft", "submitted", "accepted", "shortlisted")
    }
    RatingFactory(problem=problems["accepted"], criterion=criteria[0], points=4)
    drafted = ChallengeFactory(edition=edition, state="draft", slug="en-borrador")
    drafted.problems.add(problems["shortlisted"])
    opened = ChallengeFactory(edition=edition, slug="abierto")
    ask_around(staff, drafted, opened)
    closed = ChallengeFactory(edition=edition, slug="en-evaluacion", call__phase="closed")
    decided = ChallengeFactory(
        edition=edition, slug="decidido", state="decided", call__phase="closed"
    )
    draft = ProposalFactory(challenge=opened, lead=firm, author=solver)
    later = ChallengeFactory(edition=edition, slug="otro")
    handed = ProposalFactory(challenge=later, lead=firm, author=solver)
    receipt = submit_proposal(by=solver, proposal=handed, revision=handed.revision)
    custodian = name_custodian(by=staff, challenge=drafted, person=solver, organisation=firm)
    evaluated = ProposalFactory(challenge=closed, submitted=True)
    evaluator = UserFactory(roles=["evaluator"], full_name="Óscar Mamani Flores")
    to_declare = AssignmentFactory(proposal=evaluated, evaluator=evaluator)
    second = ProposalFactory(challenge=closed, submitted=True)
    to_score = AssignmentFactory(proposal=second, evaluator=evaluator, state="cleared")
    scored = AssignmentFactory(proposal=second, state="scored")
    for criterion in closed.criteria.all():
        ScoreFactory(assignment=scored, criterion=criterion)
    CriterionFactory(challenge=drafted, position=3, name_es="Equipo", name_en="Team")
    told = ProposalFactory(challenge=decided, lead=firm, author=solver, submitted=True)
    DecisionFactory(proposal=told, outcome="selected")
    ecosystem = ecosystem_addresses(kept_things(staff, mine=mine, firm=firm), mine=mine, firm=firm)
    pages = [
        *_everybody(opened, firm),
        *(Place(name, address, staff) for name, address in ecosystem.items()),
        *_team(staff, problems=problems, challenges=(drafted, opened, closed), proposal=second),
        Place("problem-edit", _url("problem_edit", problems["draft"].pk), miner),
        *_intake(staff, miner, problems=problems),
        Place("ratings", _url("ratings"), miner),
        Place("rating", _url("rating", problems["accepted"].pk), miner),
        Place("problems-of-company", _url("problems"), miner),
        Place("work", reverse("portal:work"), solver),
        Place("my-organisations", reverse("knowledge:my_organisations"), solver),
        Place("organisation-new", reverse("knowledge:organisation_new"), solver),
        *_profile(solver, own=firm, other=mine),
        Place("proposal-start", _url("proposal_start", closed.slug), solver),
        Place("nda-agreement", _url("nda", opened.slug), solver),
        Place("proposals", _url("proposals"), solver),
        Place("proposal-edit", _url("proposal_edit", draft.public_id), solver),
        Place("proposal-together", _url("consortium", draft.public_id), solver),
        Place("proposal-reuse", _url("proposal_reuse", draft.public_id), solver),
        Place("partner-board", _url("partner_board", opened.slug), solver),
        Place("challenge-form", _url("challenge_form", drafted.slug), staff),
        Place("proposal-draft", _url("proposal", draft.public_id), solver),
        Place("proposal-decided", _url("proposal", told.public_id), solver),
        Place("receipt", _url("receipt", receipt.number), solver),
        Place("custodies", _url("custodies"), solver),
        Place("custody", _url("custody", custodian.pk), solver),
        Place("notices", reverse("core:notices"), solver),
        Place("profile", reverse("core:profile"), solver),
        Place("evaluations", _url("evaluations"), evaluator),
        Place("declare", _url("evaluation", to_declare.pk), evaluator),
        Place("score", _url("evaluation", to_score.pk), evaluator),
    ]
    return Cast(staff, solver, miner, evaluator, opened, pages)


def _everybody(opened, firm) -> list[Place]:
    return [
        Place("home", reverse("portal:home")),
        Place("search", reverse("portal:search") + "?q=bombas"),
        Place("directory", reverse("knowledge:directory")),
        Place("map", reverse("knowledge:map")),
        Place("actor", firm.get_absolute_url()),
        Place("themes", reverse("knowledge:themes")),
        Place("privacy", reverse("core:privacy")),
        Place("challenges", _url("challenges")),
        Place("challenge", _url("challenge", opened.slug)),
        Place("challenge-versions", _url("challenge_versions", opened.slug)),
        Place("challenge-version", _url("challenge_version", opened.slug, 1)),
        Place("receipt-check", _url("receipt_check")),
        Place("login", reverse("account_login")),
        Place("signup", reverse("account_signup")),
        Place("password-reset", reverse("account_reset_password")),
    ]


def _team(staff, *, problems, challenges, proposal) -> list[Place]:
    drafted, opened, closed = challenges
    pages = {
        "problems": _url("problems"),
        "problem-triage": _url("problem", problems["submitted"].pk),
        "shortlist": _url("shortlist"),
        "rating-criteria": _url("rating_criteria"),
        "editions": _url("editions"),
        "challenges-draft": _url("challenges_draft"),
        "challenge-edit": _url("challenge_edit", drafted.slug),
        "sealing": _url("sealing", drafted.slug),
        "opening": _url("opening", drafted.slug),
        "challenge-extend": _url("challenge_extend", opened.slug),
        "challenge-change": _url("challenge_edit", opened.slug),
        "challenge-approval": _url("challenge_approval", drafted.slug),
        "nda": _url("nda", opened.slug),
        "nda-openings": _url("nda_openings", opened.slug),
        "assignments": _url("assignments", closed.slug),
        "assignment-plan": _url("assignment_plan", closed.slug),
        "evaluators": reverse("innovation:evaluators"),
        "ranking": _url("ranking", closed.slug),
        "decision": _url("decision", proposal.public_id),
        "imports": reverse("knowledge:imports"),
        "import-new": reverse("knowledge:import_new"),
        "review": reverse("knowledge:review"),
        "review-accept": reverse("knowledge:review_accept"),
        "review-bands": reverse("knowledge:review_bands"),
        "review-figures": reverse("knowledge:review_figures"),
        "sources": reverse("knowledge:sources"),
        "claims": reverse("knowledge:claims"),
        "confirmations": reverse("knowledge:campaigns"),
        "people": reverse("core:people"),
        "ledger": reverse("core:ledger"),
        "components": reverse("core:components"),
        "members": reverse("knowledge:members", args=[problems["draft"].company.public_id]),
    }
    return [Place(name, address, staff) for name, address in pages.items()]


def _intake(staff, miner, *, problems) -> list[Place]:
    """How problems come in: step by step, by invitation, typed in a room, from a sheet."""
    company = problems["draft"].company
    made = invite_to_intake(by=staff, company=company, email="guardia@mina.example")
    guest = begin_by_invitation(invitation=made, title="Se tapan los aspersores")
    token = intake_token(invitation_id=made.pk)
    shop = open_workshop(by=staff, company=company, user_area="Mina")
    for title in ("Polvo en rampas", "Se corta la faja"):
        add_card(by=staff, workshop=shop, title=title)
    comment_problem(by=staff, problem=problems["submitted"], text="¿Y de noche?")
    return [
        Place("problem-step", _url("problem_step", problems["draft"].pk, 4), miner),
        Place("problem-readers", _url("problem_readers", problems["submitted"].pk), miner),
        Place("problem-thread", _url("problem", problems["submitted"].pk), miner),
        Place("problem-sheet", _url("problem_sheet_new"), miner),
        Place("intake-invitations", _url("intake_invitations"), miner),
        Place("intake", _url("intake", token)),
        Place("intake-step", _url("intake_step", token, guest.pk, 3)),
        Place("workshops", _url("workshops"), staff),
        Place("workshop", _url("workshop", shop.pk), staff),
        Place("merging", _url("merging"), staff),
    ]


def _profile(solver, *, own, other) -> list[Place]:
    """What those who keep a profile see of it, and what they may say of another."""
    pages = {
        "profile-sections": ("profile_sections", own.public_id),
        "profile-contacts": ("profile_section", own.public_id, "contactos"),
        "profile-history": ("profile_history", own.public_id),
        "corrections": ("corrections", own.public_id),
        "correction-new": ("correction_new", other.public_id),
        "claim-new": ("claim_new", other.public_id),
    }
    places = [
        Place(page, reverse(f"knowledge:{name}", args=args), solver)
        for page, (name, *args) in pages.items()
    ]
    return [*places, Place("my-data", reverse("core:my_data"), solver)]


def _url(name: str, *args) -> str:
    return reverse(f"innovation:{name}", args=args)
