"""Agreements: one that runs late, a pilot that became a contract, and one signed elsewhere."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from minka.cli.demo.steps.world import World
from minka.core.models import User
from minka.innovation.actions.agreement_beginnings import (
    Parties,
    SignedElsewhere,
    register_agreement,
    start_agreement,
)
from minka.innovation.actions.agreement_payments import invoice_payment, pay_payment
from minka.innovation.actions.agreement_plan import (
    add_to_plan,
    check_condition,
    move_milestone,
    read_kpi,
)
from minka.innovation.actions.agreement_reports import (
    answer_report,
    save_report,
    start_report,
    submit_report,
)
from minka.innovation.actions.agreement_results import (
    YearStatement,
    close_agreement,
    confirm_trl,
    confirm_year,
    state_trl,
    state_year,
    write_lesson,
)
from minka.innovation.actions.agreements_signing import (
    answer_agreement,
    ask_agreement_approval,
    show_agreement,
    sign_agreement,
)
from minka.innovation.models import Agreement, Decision, Milestone
from minka.innovation.queries.agreement_content import AgreementFacts
from minka.innovation.queries.agreement_seats import holds, seats_of
from minka.innovation.queries.agreements import represented_parties
from minka.innovation.states import Outcome
from minka.knowledge.actions.memberships import assign_membership
from minka.knowledge.rules import forget_roles
from minka.knowledge.states import MemberRole

POST = {"company": "Gerente de operaciones", "solver": "Gerenta general"}
_BLANK_PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""
RUNNING = ("menos-cal-menos-lodo", "puquio-verde", 1)


def keep_agreements(world: World) -> None:
    """Sign, plan, report and close as the people of the demonstration would."""
    _running_pilot(world)
    _pilot_that_became_a_contract(world)
    facts = AgreementFacts(
        kind="nda", title="Confidencialidad para el ensayo de membranas de salmuera"
    )
    register_agreement(
        by=world.staff,
        facts=facts,
        parties=Parties([world.companies[0]], [world.solvers["membranas-osmore"]]),
        signed=SignedElsewhere(_day(-60), _paper(facts.title)),
    )


def _running_pilot(world: World) -> None:
    """From the decision to a pilot that is signed here, with one milestone done and one delayed."""
    challenge, supplier, at = RUNNING
    rep, area = _of(world, "rep-apu-wayra"), _of(world, "user-apu-wayra-water")
    boss = _represents(world, "supplier-puquio-verde", supplier)
    decision = Decision.objects.select_related("proposal__challenge").get(
        proposal__challenge=world.challenges[challenge],
        proposal__lead=world.solvers[supplier],
        outcome=Outcome.SELECTED,
    )
    made = start_agreement(
        by=world.staff,
        decision=decision,
        facts=AgreementFacts(
            kind="pilot",
            title=f"Piloto: {decision.proposal.title}"[:200],
            value_usd=Decimal(68_000),
            starts_on=_day(-6),
            ends_on=_day(200),
        ),
        parties=Parties([world.companies[at]]),
    )
    first, second = _plan_of_running(area, made)
    _approve(made, [area, rep, boss])
    for person, role in ((rep, "company"), (boss, "solver")):
        _sign(made, person, POST[role])
    made.refresh_from_db()
    _report(
        boss, first, "Se instaló la planta piloto y se probó con agua de proceso 72 horas.", area
    )
    move_milestone(
        by=boss,
        milestone=second,
        due_on=_day(24),
        reason="La bomba dosificadora llegó tres semanas tarde por la aduana.",
    )


def _plan_of_running(area: User, made: Agreement) -> tuple[Milestone, Milestone]:
    def add(kind: str, **values: Any) -> Any:
        return add_to_plan(by=area, agreement=made, kind=kind, values=values)

    first = add(
        "milestone",
        title="Planta piloto instalada",
        deliverable="Acta de instalación y pruebas en vacío",
        due_on=_day(-1),
    )
    second = add(
        "milestone",
        title="Treinta días de operación continua",
        deliverable="Registro de dosificación, pH y lodo",
        due_on=_day(3),
    )
    add("milestone", title="Informe final con costos", due_on=_day(180))
    add(
        "budget",
        name="Equipos y montaje",
        amount=Decimal(155_800),
        currency="PEN",
        rate=Decimal("3.8"),
    )
    add("budget", name="Operación y análisis", amount=Decimal(27_000))
    add(
        "payment",
        what="Adelanto a la instalación",
        milestone=first,
        amount=Decimal(20_000),
        planned_on=_day(10),
    )
    add("kpi", name="Lodo generado", unit="t/día", baseline=Decimal(42), target=Decimal(25))
    add(
        "risk",
        what="Heladas en las tuberías de dosificación",
        likelihood=4,
        impact=3,
        answer="Trazado eléctrico y aislamiento; turno de revisión de madrugada.",
    )
    add("hse", what="Hojas de seguridad y duchas de emergencia junto a la dosificación")
    hse = add("hse", what="Inducción de seguridad de todo el personal del proveedor")
    check_condition(
        by=area, condition=hse, state="met", evidence="Registro de inducción de ocho personas."
    )
    return first, second


def _pilot_that_became_a_contract(world: World) -> None:
    """A pilot from TRL 4 to 7 of the year before, its contract, and what it sold since."""
    rep, area = _of(world, "rep-quebrada-sillar"), _of(world, "user-quebrada-sillar-plant")
    boss = _represents(world, "supplier-qhawana-vision", "qhawana-vision")
    company, supplier = world.companies[2], world.solvers["qhawana-vision"]
    parties = Parties([company], [supplier])
    facts = AgreementFacts(
        kind="pilot",
        title="Piloto: cámaras que ven el desgaste de electrodos",
        value_usd=Decimal(55_000),
    )
    pilot = _registered(world, facts, parties, signed=-420)
    _results_of_pilot(pilot, boss, area)
    close_agreement(
        by=rep,
        agreement=pilot,
        outcome="contract",
        reason="Las detecciones superaron la meta durante noventa días; se compra el sistema.",
    )
    write_lesson(
        by=boss,
        agreement=pilot,
        actor=supplier,
        text="Limpiar el lente cada turno vale más que otra cámara: lo pusimos en el contrato.",
    )
    write_lesson(
        by=area,
        agreement=pilot,
        actor=company,
        text="Nombrar a un responsable en planta desde el primer día habría ahorrado un mes.",
    )
    facts = AgreementFacts(
        kind="purchase",
        title="Contrato: vigilancia de celdas con visión",
        value_usd=Decimal(310_000),
    )
    contract = _registered(world, facts, parties, signed=-110, follows=pilot)
    for by, one in ((rep, pilot), (boss, pilot), (rep, contract), (boss, contract)):
        party = represented_parties(viewer=by, agreement=one)[0]
        show_agreement(by=by, agreement=one, party=party.pk, shows=True)
    figures = state_year(
        by=boss,
        agreement=contract,
        actor=supplier,
        said=YearStatement(
            year=_day(-110).year,
            sales_usd=Decimal(265_000),
            exports_usd=Decimal(84_000),
            export_countries="CL",
            jobs=6,
            source="Registro de ventas y declaraciones de exportación del proveedor",
        ),
    )
    confirm_year(by=world.staff, figures=figures)


def _results_of_pilot(pilot: Agreement, boss: User, area: User) -> None:
    for title, due, said in (
        ("Cámaras instaladas en una nave", -380, "Doce cámaras instaladas y calibradas."),
        ("Noventa días de detección", -270, "Se detectaron 41 de 44 cortocircuitos."),
    ):
        values = {"title": title, "due_on": _day(due)}
        one = add_to_plan(by=boss, agreement=pilot, kind="milestone", values=values)
        _report(boss, one, f"{said} Se adjuntan registros y fotografías en el informe.", area)
    values = {"name": "Cortocircuitos detectados", "unit": "%", "baseline": 35, "target": 85}
    kpi = add_to_plan(by=boss, agreement=pilot, kind="kpi", values=values)
    for day, value in ((-360, 48), (-320, 77), (-275, 93)):
        read_kpi(by=boss, kpi=kpi, on=_day(day), value=Decimal(value), source="Parte de turno")
    values = {"what": "Pago único", "amount": Decimal(55_000), "planned_on": _day(-260)}
    payment = add_to_plan(by=boss, agreement=pilot, kind="payment", values=values)
    invoice_payment(by=boss, payment=payment, number="E001-218", on=_day(-262))
    pay_payment(by=area, payment=payment, on=_day(-235))
    for moment, level, evidence in (
        ("before", 4, "Ensayos en laboratorio con electrodos retirados de la planta."),
        ("after", 7, "Noventa días en la nave 2 con 44 eventos, contrastados con la cuadrilla."),
    ):
        mark = state_trl(by=boss, agreement=pilot, moment=moment, level=level, evidence=evidence)
        confirm_trl(by=area, mark=mark)


def _registered(
    world: World,
    facts: AgreementFacts,
    parties: Parties,
    *,
    signed: int,
    follows: Agreement | None = None,
) -> Agreement:
    return register_agreement(
        by=world.staff,
        facts=facts,
        parties=parties,
        signed=SignedElsewhere(_day(signed), _paper(facts.title), follows=follows),
    )


def _approve(made: Agreement, people: list[User]) -> None:
    ask_agreement_approval(by=people[-1], agreement=made)
    made.refresh_from_db()
    for person in people:
        for seat in seats_of(made):
            if holds(person, seat) and made.text:
                answer_agreement(
                    by=person,
                    agreement=made,
                    seat=seat.key,
                    sha256=made.text.sha256,
                    approves=True,
                )


def _sign(made: Agreement, person: User, post: str) -> None:
    made.refresh_from_db()
    party = represented_parties(viewer=person, agreement=made)[0]
    sha256 = made.text.sha256 if made.text else ""
    name = person.full_name
    sign_agreement(by=person, agreement=made, party=party.pk, sha256=sha256, name=name, post=post)


def _report(by: User, milestone: Milestone, words: str, area: User) -> None:
    report = start_report(by=by, milestone=milestone)
    values = {"done": words, "results": words, "difficulties": ""}
    saved = save_report(by=by, report=report, revision=0, values=values)
    submit_report(by=by, report=saved, revision=saved.revision)
    answer_report(by=area, report=saved, accepts=True, answer="Conforme con lo medido en planta.")


def _of(world: World, key: str) -> User:
    forget_roles(world.people[key])
    return world.people[key]


def _represents(world: World, key: str, supplier: str) -> User:
    """Make somebody the representative of their supplier: only they sign in its name."""
    person, actor = world.people[key], world.solvers[supplier]
    assign_membership(by=world.staff, actor=actor, person=person, role=MemberRole.REPRESENTATIVE)
    return person


def _paper(title: str) -> SimpleUploadedFile:
    """Return a document that stands for what was signed elsewhere."""
    content = _BLANK_PDF + f"% {title}\n".encode()
    return SimpleUploadedFile("acuerdo-firmado.pdf", content, content_type="application/pdf")


def _day(count: int) -> date:
    return timezone.localdate() + timedelta(days=count)
