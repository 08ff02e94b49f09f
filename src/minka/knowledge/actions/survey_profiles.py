"""Answers become what a source says of an organisation: one record per response, for ever."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import WrongState
from minka.core.models import User
from minka.knowledge.actions.import_undo import drop_names_and_numbers
from minka.knowledge.actions.told_before import Hearsay
from minka.knowledge.models import (
    Actor,
    ActorName,
    Certification,
    Product,
    Record,
    Response,
    Source,
    Theme,
)
from minka.knowledge.queries.survey_feeds import Said, said_by
from minka.knowledge.queries.surveys import Layout, counted_answers, layout_of, theme_heirs
from minka.knowledge.states import NameKind, ResponseState
from minka.methods.text import search_key


@transaction.atomic
def apply_response(*, response_id: int, layout: Layout | None = None) -> Record | None:
    """Let a finished response speak of its organisation; return its record, None for none.

    The record belongs to the source of the wave. Finished again with other answers, a new record
    takes the place of the old one; with the same answers nothing happens. Whose word counts is
    for survivorship to say: what the organisation or the team stated stays.

    No person: a consequence of finishing, by whoever's hand.

    Args:
        response_id: what was finished.
        layout: of its questionnaire, if the caller has read it.
    """
    held = Response.objects.select_for_update(of=("self",))
    response = held.select_related("wave__source", "actor", "questionnaire", "record").get(
        pk=response_id
    )
    source = response.wave.source
    if response.state != ResponseState.FINISHED or response.set_aside or source is None:
        return None
    layout = layout or layout_of(response.questionnaire)
    answers = counted_answers(responses=[response], known=[layout])[response.pk]
    said = said_by(layout.questions, answers)
    old = response.record
    if not said.cells and old is None:
        return None
    if old is not None and old.cells == said.cells:
        return old
    actor = Actor.objects.select_for_update(of=("self",)).get(pk=response.actor_id)
    heard = Hearsay([actor.pk])
    fresh = _keep(response, source, said, actor)
    if old is not None:
        _drop_from_lists(old)
        now = timezone.now()
        Record.objects.filter(pk=old.pk).update(vanished_at=now, replaced_by=fresh)
    Response.objects.filter(pk=response.pk).update(record=fresh)
    _remember_names(actor, said)
    _add_to_lists(actor, fresh, said)
    heard.settle()
    actor.refresh_from_db()
    record(
        by=response.interviewer,
        verb="knowledge.response_apply",
        obj=actor,
        data={"response": response.pk, "record": fresh.pk},
    )
    return fresh


@transaction.atomic
def take_back_response(*, by: User, response: Response) -> None:
    """Take what a response said out of the profile, with the names and themes it alone brought.

    The answers stay in the results; finished again, they speak again.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: it says nothing in the profile.
    """
    require(by, "knowledge.survey_run")
    response = Response.objects.select_for_update(of=("self",)).get(pk=response.pk)
    if not withdraw_record(response=response):
        raise WrongState(_("These answers are not in the profile."))
    record(
        by=by,
        verb="knowledge.response_take_back",
        obj=response.actor,
        data={"response": response.pk},
    )


def withdraw_record(*, response: Response) -> bool:
    """Take the records of a response, held by the caller, out of the profile; False for none.

    No person: a step of taking answers back, by the team or by whoever gave them.
    """
    if response.record_id is None:
        return False
    every = list(
        Record.objects.filter(source=response.wave.source_id, key=_key(response)).order_by("-pk")
    )
    actors = {one.actor_id for one in every if one.actor_id}
    heard = Hearsay(actors)
    Response.objects.filter(pk=response.pk).update(record=None)
    for one in every:
        _drop_from_lists(one)
    Record.objects.filter(pk__in=[one.pk for one in every]).delete()
    drop_names_and_numbers(every)
    heard.settle()
    response.record = None
    return True


def _key(response: Response) -> str:
    return f"response:{response.pk}"


def _keep(response: Response, source: Source, said: Said, actor: Actor) -> Record:
    digest = sha256(repr((response.pk, said.cells)).encode()).hexdigest()
    before = Record.objects.filter(source=source, digest=digest).aggregate(last=Max("occurrence"))
    return Record.objects.create(
        source=source,
        sheet=response.wave.name,
        line=1,
        cells=said.cells,
        values=said.values,
        digest=digest,
        occurrence=(before["last"] or 0) + 1,
        key=_key(response),
        place_id=said.place_id,
        actor=actor,
    )


def _remember_names(actor: Actor, said: Said) -> None:
    """Let the organisation be found by the name it had and by the one it gives."""
    texts = [actor.name, said.values.get("name", "")] if said.values.get("name") else []
    known = set(ActorName.objects.filter(actor=actor).values_list("text_key", flat=True))
    fresh = {search_key(text)[:250]: text[:250] for text in texts}
    ActorName.objects.bulk_create(
        [
            ActorName(actor=actor, text=text, text_key=key, kind=NameKind.ALIAS)
            for key, text in fresh.items()
            if key and key not in known
        ]
    )


def _add_to_lists(actor: Actor, fresh: Record, said: Said) -> None:
    """Add themes, products and certifications; the record keeps which are there by its word alone.

    The owner of a claimed profile chose what its lists hold: to those nothing is added.
    """
    if actor.owner_id:
        return
    here = set(actor.themes.values_list("slug", flat=True))
    themes = list(Theme.objects.filter(slug__in=[one for one in said.themes if one not in here]))
    actor.themes.add(*themes)
    added = {
        "themes_added": sorted(one.slug for one in themes),
        "products_added": _entries(Product, actor, said.products),
        "certifications_added": _entries(Certification, actor, said.certifications),
    }
    if brought := {name: entries for name, entries in added.items() if entries}:
        fresh.values |= brought
        fresh.save(update_fields=["values"])


def _entries(
    model: type[Product] | type[Certification], actor: Actor, names: Iterable[str]
) -> list[str]:
    rows: Any = model._default_manager
    here = {search_key(name) for name in rows.filter(actor=actor).values_list("name", flat=True)}
    fresh = {search_key(name): name for name in names}
    added = [name for key, name in fresh.items() if key and key not in here]
    rows.bulk_create([model(actor=actor, name=name) for name in added])
    return added


def _drop_from_lists(old: Record) -> None:
    actor, values = old.actor, old.values
    if actor is None:
        return
    if themes := values.get("themes_added"):
        heirs = theme_heirs()
        actor.themes.remove(*Theme.objects.filter(slug__in=[heirs.get(one, one) for one in themes]))
    actor.products.filter(name__in=values.get("products_added") or []).delete()
    actor.certifications.filter(name__in=values.get("certifications_added") or []).delete()
