"""What the pictures of the manual show: which page, as whom, in which state of the demo."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import reverse
from playwright.sync_api import expect

from minka.core.models import User
from minka.innovation.models import Assignment, Challenge, Decision, Problem, Proposal
from minka.innovation.states import AssignmentState, ChallengeState, ProblemState, ProposalState
from minka.knowledge.models import Actor, Place
from tests.e2e.walk import sheets
from tests.e2e.walk.hands import es, field, heading, press, write

STAFF = "equipo"


@dataclass(frozen=True)
class Shot:
    """A page as one person sees it; `at` is the part that the picture begins with."""

    name: str
    address: str
    who: str = ""
    at: str = ""


def main_pages() -> list[Shot]:
    """Return the eight pages that are shown in every language, theme and size."""
    draft = _draft()
    return [
        Shot("home", reverse("portal:home")),
        Shot("directory", reverse("knowledge:directory"), STAFF),
        Shot("actor", _known_supplier().get_absolute_url(), STAFF),
        Shot("map", reverse("knowledge:map"), STAFF),
        Shot("challenge", _page("challenge", draft.challenge.slug)),
        Shot("proposal-editor", _page("proposal_edit", draft.public_id), _name(draft.author)),
        Shot("scoring", *_evaluation(AssignmentState.CLEARED)),
        Shot("results", _page("ranking", _decided().proposal.challenge.slug), STAFF),
    ]


def other_pages() -> list[Shot]:
    """Return the pages that are shown once."""
    return [*_of_everybody(), *_of_problems(), *_of_proposals(), *_of_evaluation()]


def _of_everybody() -> list[Shot]:
    members = reverse("knowledge:members", args=[_known_supplier().public_id])
    newcomer = Actor.objects.filter(kind="supplier", memberships=None).order_by("pk")[0]
    return [
        Shot("sign-up", reverse("account_signup")),
        Shot("sign-in", reverse("account_login")),
        Shot("challenges", reverse("innovation:challenges")),
        Shot("search", reverse("portal:search") + "?q=relaves"),
        Shot("home-staff", reverse("portal:home"), STAFF),
        Shot("work", reverse("portal:work"), STAFF),
        Shot("imports", reverse("knowledge:imports"), STAFF),
        Shot("people", reverse("core:people"), STAFF),
        Shot("members", members, STAFF),
        Shot("components", reverse("core:components"), STAFF),
        Shot("directory-filtered", _filtered_directory(), "proveedor"),
        Shot(
            "join", reverse("knowledge:membership_request", args=[newcomer.public_id]), "proveedor"
        ),
        Shot("organisation-new", reverse("knowledge:organisation_new"), "proveedor"),
        Shot("my-organisations", reverse("knowledge:my_organisations"), "proveedor"),
        Shot("profile", reverse("core:profile"), "proveedor"),
        Shot("ledger", reverse("core:ledger"), "auditoria"),
    ]


def _of_problems() -> list[Shot]:
    waiting = Problem.objects.filter(state=ProblemState.SUBMITTED).order_by("pk")[0]
    asked = Problem.objects.filter(state=ProblemState.NEEDS_INFORMATION).order_by("-pk")[0]
    draft = Problem.objects.filter(state=ProblemState.DRAFT).order_by("pk")[0]
    own = Problem.objects.filter(author__email="area@minka.example").order_by("pk")[0]
    rated = Problem.objects.filter(state=ProblemState.ACCEPTED).order_by("pk")[1]
    return [
        Shot("problems", reverse("innovation:problems"), "area"),
        Shot("problem", _page("problem", own.pk), "area"),
        Shot("problem-new", reverse("innovation:problem_new"), "area"),
        Shot("problem-form", _page("problem_edit", draft.pk), _name(draft.author)),
        Shot("problem-question", _page("problem", asked.pk), _name(asked.author)),
        Shot("triage", _page("problem", waiting.pk), STAFF),
        Shot("ratings", reverse("innovation:ratings"), "empresa"),
        Shot("rating", _page("rating", rated.pk), "empresa"),
        Shot("rating-criteria", reverse("innovation:rating_criteria"), STAFF),
    ]


def _of_proposals() -> list[Shot]:
    draft = _draft()
    sent = Proposal.objects.filter(
        state=ProposalState.SUBMITTED, challenge=draft.challenge, language="es"
    ).order_by("pk")[0]
    decided = _decided().proposal
    return [
        Shot("proposal-start", _page("proposal_start", draft.challenge.slug), "proveedor"),
        Shot("proposal-check", _page("proposal", draft.public_id), _name(draft.author)),
        Shot("proposal-sent", _page("proposal", sent.public_id), _name(sent.author)),
        Shot("receipt", _page("receipt", sent.receipts.latest("pk").number), _name(sent.author)),
        Shot("proposal-decided", _page("proposal", decided.public_id), _name(decided.author)),
        Shot("notices", reverse("core:notices"), _name(decided.author)),
    ]


def _of_evaluation() -> list[Shot]:
    _address, evaluator = _evaluation(AssignmentState.CLEARED)
    given = Assignment.objects.filter(
        state=AssignmentState.SCORED, evaluator__email=f"{evaluator}@minka.example"
    ).order_by("pk")[0]
    challenge = given.proposal.challenge
    open_one = Proposal.objects.filter(
        challenge=challenge, assignments__state=AssignmentState.SCORED
    ).order_by("pk")[0]
    return [
        Shot("evaluators", _page("assignments", challenge.slug), STAFF, "main form[method=post]"),
        Shot("evaluations", reverse("innovation:evaluations"), evaluator),
        Shot("declaration", *_evaluation(AssignmentState.ASSIGNED)),
        Shot("evaluation-given", _page("evaluation", given.pk), evaluator),
        Shot("results-open", _page("ranking", challenge.slug), STAFF),
        Shot("decision", _page("decision", open_one.public_id), STAFF, "form.form"),
    ]


def take_challenge_in_preparation(studio: Any) -> None:
    """Shortlist one problem more and begin its challenge, as the team does."""
    with studio.visit(STAFF) as page:
        edition = Challenge.objects.order_by("pk")[0].edition
        studio.open(page, _page("edition_edit", edition.pk))
        field(page, es("Problems that can be chosen")).fill("14")
        press(page, es("Save"))
        studio.open(page, reverse("innovation:shortlist"))
        page.get_by_role("table").get_by_role("checkbox").first.check()
        studio.take(page, "shortlist")
        write(
            page,
            {
                es(
                    "Reason for the choice"
                ): "El de mayor puntaje, y hay proveedores que pueden responder."
            },
        )
        press(page, es("Save the shortlist"))
        studio.open(page, reverse("innovation:challenges_draft"))
        page.get_by_role("main").get_by_role("checkbox").first.check()
        studio.take(page, "challenges-in-preparation")
        press(page, es("Start a challenge"))
        page.wait_for_url("**/editar/")
        studio.take(page, "challenge-editor")
        studio.take(page, "challenge-criteria", at="#criteria-1")


def take_import(studio: Any, folder: Path) -> None:
    """Bring a messy sheet in: upload, columns, preview, and what became of it."""
    with studio.visit(STAFF) as page:
        studio.open(page, reverse("knowledge:import_new"))
        field(page, "Archivo").set_input_files(sheets.write_csv(folder))
        write(page, {"Fuente": "Padrón de proveedores del sur"})
        studio.take(page, "import-upload")
        press(page, "Continuar con las columnas")
        heading(page, "Confirme las columnas")
        studio.take(page, "import-columns")
        studio.take(page, "import-preview", at="#preview")
        press(page, "Importar estas filas")
        expect(page.get_by_role("main")).to_contain_text("La hoja está en el mapa")
        studio.take(page, "import-finished")


def _page(name: str, *arguments: Any) -> str:
    return reverse(f"innovation:{name}", args=arguments)


def _name(user: User) -> str:
    return user.email.partition("@")[0]


def _draft() -> Proposal:
    return (
        Proposal.objects.filter(state=ProposalState.DRAFT)
        .select_related("author", "challenge")
        .order_by("-pk")[0]
    )


def _decided() -> Decision:
    return (
        Decision.objects.filter(outcome="selected", proposal__language="es")
        .exclude(released_at=None)
        .select_related("proposal__author", "proposal__challenge")
        .order_by("-released_at", "pk")[0]
    )


def _evaluation(state: str) -> tuple[str, str]:
    """Return the address and the person of an evaluation in this state; those who gave some first."""
    open_ones = Assignment.objects.filter(
        state=state, proposal__challenge__state=ChallengeState.PUBLISHED
    )
    experienced = Assignment.objects.filter(state=AssignmentState.SCORED).values("evaluator")
    found = open_ones.filter(evaluator__in=experienced).order_by("proposal", "pk")[0]
    return _page("evaluation", found.pk), _name(found.evaluator)


def _known_supplier() -> Actor:
    """Return the organisation that answers a challenge and that most lists know."""
    return Actor.objects.filter(proposals__isnull=False).order_by("-record_count", "pk")[0]


def _filtered_directory() -> str:
    region = Place.objects.filter(actors_of_region__isnull=False, name="Arequipa").order_by("pk")[0]
    return reverse("knowledge:directory") + f"?q=metal&kind=supplier&region={region.pk}"
