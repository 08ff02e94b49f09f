"""A panel that decided on one challenge, its minutes, and an appeal with its answer."""

from django.utils import timezone

from minka.cli.demo.steps.world import World
from minka.core.models import User
from minka.innovation.actions.appeals import REMIND, answer, ask, name_handler
from minka.innovation.actions.letters import PRINT
from minka.innovation.actions.minutes import approve_minutes
from minka.innovation.actions.panel_holding import (
    close_session,
    declare_interest,
    note_attendance,
    open_session,
    resolve_item,
)
from minka.innovation.actions.panel_votes import cast_vote, close_vote, put_motion
from minka.innovation.actions.panels import (
    PanelDetails,
    add_item,
    call_panel,
    prepare_panel,
    seat_person,
)
from minka.innovation.models import Challenge, DecisionLetter, PanelSession
from minka.innovation.models.panel_states import AppealKind, Finding

BY_PANEL = "menos-cal-menos-lodo"
SEATS = (
    ("committee-1", "chair", "present"),
    ("committee-2", "member", "present"),
    ("rep-cerro-illari", "member", "remote"),
    ("rep-quebrada-sillar", "member", "present"),
)
LEAVES = "rep-quebrada-sillar"
WHY = "Contraté a esta empresa como consultora el año pasado, cuando dirigía otra operación."
ASKED = (
    "La carta dice que la reducción de cal demostrada queda por debajo de la meta. En el anexo de "
    "nuestra propuesta hay un segundo ensayo, con otra mezcla, que la supera. ¿Fue considerado?"
)
ANSWERED = (
    "El segundo ensayo está en el anexo y las evaluaciones lo mencionan. Se hizo con agua de otra "
    "mina y tres muestreos, por lo que no bastó para dar por alcanzada la meta. No se encontró "
    "regla alguna que no se respetara. Les sugerimos repetirlo con agua de este drenaje."
)
Words = dict[str, str]


def decide_by_panel(world: World, challenge: Challenge, words: dict[int, Words]) -> None:
    """Hold a session that decides in these words, by id of the proposal; approve its minutes."""
    session = prepare_panel(
        by=world.staff,
        challenges=[challenge],
        details=PanelDetails(
            title="Panel de decisión: menos cal, menos lodo",
            starts_at=timezone.now(),
            place="Sala Misti, Cámara de Comercio de Arequipa",
            link="https://reunion.example/panel",
        ),
    )
    for key, office, _where in SEATS:
        person = world.people[key]
        seat_person(by=world.staff, session=session, person=person, office=office, votes=True)
    free = add_item(by=world.staff, session=session, title="Condiciones comunes de los pilotos")
    call_panel(by=world.staff, session=session)
    seats = {seat.person_id: seat for seat in session.seats.all()}
    for key, _office, where in SEATS:
        seat = seats[world.people[key].pk]
        note_attendance(by=world.staff, seat=seat, attendance=where)
    open_session(by=world.staff, session=session)
    _vote(world, session, words)
    resolve_item(
        by=world.staff, item=free,
        said="Los pilotos duran como máximo doce meses y miden desde el primer día con los "
        "instrumentos de la operación.",
    )  # fmt: skip
    close_session(by=world.staff, session=session)
    for key, _office, _where in SEATS:
        approve_minutes(by=world.people[key], minutes=session.minutes, number=1)


def _vote(world: World, session: PanelSession, words: dict[int, Words]) -> None:
    items = list(session.items.filter(proposal__isnull=False).select_related("proposal"))
    leaver = world.people[LEAVES]
    for number, item in enumerate(items):
        if number == 1:
            declare_interest(by=leaver, item=item, why=WHY)
        motion = put_motion(by=world.staff, item=item, **words[item.proposal_id or 0])
        voters: list[User] = [world.people[key] for key, _office, _where in SEATS]
        for place, person in enumerate(voters):
            if number == 1 and person == leaver:
                continue
            abstains = number == len(items) - 1 and place == 1
            cast_vote(by=person, motion=motion, ballot="abstain" if abstains else "for")
        close_vote(by=world.staff, motion=motion)


def appeal_once(world: World) -> None:
    """Let one solver of the challenge appeal, and somebody of the team who had no part answer."""
    letter = (
        DecisionLetter.objects.filter(proposal__challenge=world.challenges[BY_PANEL])
        .exclude(content__outcome="selected")
        .select_related("proposal__challenge__edition", "proposal__author")
        .order_by("pk")
        .first()
    )
    if letter is None:
        return
    asker: User = letter.proposal.author
    appeal = ask(by=asker, letter=letter, kind=AppealKind.APPEAL, text=ASKED)
    handler = world.people["staff-2"]
    name_handler(by=handler, appeal=appeal, handler=handler)
    answer(
        by=handler, appeal=appeal, revision=appeal.revision, finding=Finding.DISMISSED,
        words=ANSWERED,
    )  # fmt: skip


JOBS = [PRINT, REMIND]
