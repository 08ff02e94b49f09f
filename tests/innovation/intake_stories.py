"""Problems with something in every field, as the tests of intake need them."""

from minka.innovation.actions.intake import begin_by_invitation, invite_to_intake
from minka.innovation.actions.problems import submit_problem
from minka.innovation.notices.intake import intake_token
from minka.innovation.queries.problem_parts import PARTS
from tests.factories import EditionFactory, ProblemFactory, ThemeFactory
from tests.innovation.people import company, person_of, staff

# one word that stands nowhere else, for each field that holds words
WORDS = {
    "title": "Zaraguz en la faja",
    "title_other": "Zaraguz on the belt",
    "what_happens": "Quepasox dos veces al mes",
    "site": "Unidad Sitiox",
    "user_area": "Areax de chancado",
    "sponsor": "Gerencia Sponsox",
    "baseline_unit": "unidax por mes",
    "baseline_source": "Fuentex de planta",
    "cost_basis": "Balancex de 2025",
    "systems": "Sistemax de control",
    "tried": "Polimerox sin resultado",
    "constraint_hse": "Segurox ante todo",
    "constraint_altitude": "Alturax de 4 600",
    "constraint_connectivity": "Conectix sin red",
    "constraint_shifts": "Turnox de doce horas",
    "constraints_text": "Contratox vence en marzo",
    "sought": "Buscax un sensor",
    "not_sought": "Nobuscax otra faja",
    "success_measure": "Medidax de paradas",
    "success_unit": "umbralix por mes",
    "data_offered": "Datox de dos campañas",
    "samples_offered": "Muestrax de faja",
    "pilot_site": "Pilotox en la línea 2",
    "objective": "Objetivox 2028",
}
SECRETS = {name: text.split(" de ")[0] for name, text in WORDS.items()}


def full_problem(**kwargs):
    """A problem with every field filled; accepted unless said otherwise."""
    kwargs.setdefault("company", company())
    stage = kwargs.pop("stage", None) or ThemeFactory()
    problem = ProblemFactory(
        **{**WORDS, "urgency": "high", "trl_entry": 5, "trl_exit": 8, "baseline_value": 42,
           "success_value": 7, "stage": stage, **kwargs}
    )  # fmt: skip
    problem.themes.add(ThemeFactory())
    return problem


def submitted_problem(**kwargs):
    """A problem that was submitted by its user area, with its first version, and that person."""
    problem = full_problem(state="draft", **kwargs)
    by = person_of(problem.company)
    submit_problem(by=by, problem=problem)
    return problem, by


def invited(*, by=None, of=None, **kwargs):
    """An open invitation, and the token of its link."""
    EditionFactory()
    of = of or company()
    made = invite_to_intake(by=by or staff(), company=of, email="jefa@mina.example", **kwargs)
    return made, intake_token(invitation_id=made.pk)


def guest_problem(**kwargs):
    """A problem that a guest began, its invitation and the token of the link."""
    made, token = invited(**kwargs)
    return begin_by_invitation(invitation=made, title="Zaraguz del invitado"), made, token


def everything_for(tier):
    """Choose one tier for every part that allows it."""
    return {k: tier for k, part in PARTS.items() if tier in dict(part.choices)}
