"""What people of the demonstration keep of the directory: searches and lists with content."""

from minka.cli.demo.steps.world import World
from minka.knowledge.actions.searches import save_search
from minka.knowledge.actions.shortlists import add_to_shortlist, create_shortlist
from minka.knowledge.models import Actor, ShortlistEntry
from minka.knowledge.states import ActorKind, ActorState

LISTED = 6
TAILINGS = "deposito-de-relaves"
NOTES = (
    "Visitar en la próxima feria.",
    "Ya trabajó con una operación de la región; pedir referencias.",
    "",
    "Confirmar si atiende turnos de noche.",
)


def keep_finds(world: World) -> None:
    """Let the team keep two searches and a list that it shares."""
    save_search(
        by=world.staff,
        name="Proveedores con certificación ISO 9001",
        address="kind=supplier&certification=ISO+9001",
        note="Para la rueda de negocios.",
        for_team=True,
    )
    save_search(
        by=world.staff, name="Universidades en el mapa", address="kind=university&located=yes"
    )
    shortlist = create_shortlist(
        by=world.staff,
        name="Invitados a la mesa de relaves",
        note="Primera ronda; faltan las empresas de instrumentación.",
        for_team=True,
    )
    living = Actor.objects.filter(state=ActorState.LIVE, kind=ActorKind.SUPPLIER)
    chosen = list(living.filter(capabilities__isnull=False).distinct().order_by("name_key", "pk"))
    others = living.filter(themes__slug=TAILINGS).exclude(pk__in=[one.pk for one in chosen])
    chosen += others.distinct().order_by("name_key", "pk")[:LISTED]
    add_to_shortlist(by=world.staff, shortlist=shortlist, actors=chosen[:LISTED])
    for entry, note in zip(ShortlistEntry.objects.filter(shortlist=shortlist), NOTES, strict=False):
        ShortlistEntry.objects.filter(pk=entry.pk).update(note=note)
